package ioverlay.testkit;

import ioverlay.api.container.LinkEmulation.Way;

/** Which way a link goes. */
public enum Direction {
    /** The neighbour dialled: it sends. */
    UPSTREAM(1, Way.FROM),
    /** The node dialled: the neighbour receives. */
    DOWNSTREAM(2, Way.TO);

    private final int param;
    private final Way way;

    Direction(int param, Way way) {
        this.param = param;
        this.way = way;
    }

    /** Where data goes, as the node sees it. */
    Way way() {
        return way;
    }

    /** As notices have it in {@code param1}. */
    int param() {
        return param;
    }
}
