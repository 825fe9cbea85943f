package ioverlay.api.container;

/**
 * What was asked for cannot be done, and nothing was changed. The message is one sentence for a person: the rule and
 * the value.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Refuses with a sentence. */
    public RefusedException(String sentence) {
        super(sentence);
    }

    /** Refuses with a sentence and what lies behind it. */
    public RefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
