package ioverlay.cli;

/** What was asked for did not happen. The message is one sentence that says why. Ends with exit code 1. */
final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedException(String sentence) {
        super(sentence);
    }

    FailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
