package ioverlay.shell;

/** A command did not do what it was asked for. Its text is one sentence; the shell prints just that. */
public class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the sentence. */
    public Failed(String sentence) {
        super(sentence);
    }

    /** With the sentence and what led to it. */
    public Failed(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence alone: the Felix shell prints failures by this. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // that shell asks for nothing else
    public String toString() {
        return String.valueOf(getMessage());
    }
}
