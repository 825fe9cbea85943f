package ioverlay.io.threads;

/**
 * Unwinds a thread that was left behind: the turn is another's, so on its way out it touches nothing of the node. Never
 * to be caught together with other errors.
 */
public final class TurnLost extends Error {
    private static final long serialVersionUID = 1;

    /** Carries neither cause nor stack: it says nothing but that the thread is to leave. */
    public TurnLost() {
        super("the turn went over to another thread", null, false, false);
    }
}
