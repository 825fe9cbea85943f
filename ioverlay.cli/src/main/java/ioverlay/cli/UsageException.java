package ioverlay.cli;

/** A wrong argument or value. The message is one sentence: the rule and the value. Ends with exit code 2. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String sentence) {
        super(sentence);
    }
}
