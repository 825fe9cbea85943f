package ioverlay.api.woven;

/** Ends a call that did not end by itself. Whoever catches it meets it again at the next loop or method. */
public final class TurnCancelled extends Error {
    private static final long serialVersionUID = 1;

    TurnCancelled() {
        super("the call was cancelled since it did not end", null, false, false);
    }
}
