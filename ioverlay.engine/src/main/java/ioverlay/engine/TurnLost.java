package ioverlay.engine;

/**
 * Unwinds a thread that was left behind: the turn is another's, so on its way out it touches nothing of the node. Never
 * to be caught together with other errors.
 */
final class TurnLost extends Error {
    private static final long serialVersionUID = 1;

    TurnLost() {
        super("the turn went over to another thread", null, false, false);
    }
}
