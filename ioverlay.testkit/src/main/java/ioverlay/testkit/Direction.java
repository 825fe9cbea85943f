package ioverlay.testkit;

/** Which way a link goes. */
public enum Direction {
    /** The neighbour dialled: it sends. */
    UPSTREAM(1),
    /** The node dialled: the neighbour receives. */
    DOWNSTREAM(2);

    private final int param;

    Direction(int param) {
        this.param = param;
    }

    /** As notices have it in {@code param1}. */
    int param() {
        return param;
    }
}
