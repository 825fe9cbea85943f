package ioverlay.testkit;

/**
 * A call of the algorithm under test threw, as the cause says. What the call wanted to send was not sent; a real node
 * counts this and goes on, and so does the {@link TestNode}.
 */
public final class AlgorithmFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    AlgorithmFailure(String what, Throwable cause) {
        super(what + ": " + cause, cause);
    }
}
