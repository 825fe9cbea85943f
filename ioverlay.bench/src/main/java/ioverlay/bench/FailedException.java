package ioverlay.bench;

/** The benchmark could not be run to its end. The message is one sentence that says why. Ends with exit code 1. */
public final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Ends the benchmark. */
    public FailedException(String sentence) {
        super(sentence);
    }
}
