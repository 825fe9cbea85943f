package ioverlay.cli;

/** The Felix shell, for as long as somebody uses it. */
@FunctionalInterface
interface Shell {
    /** How its use ended. */
    enum End {
        /** Somebody left it. */
        LEFT,
        /** Its input ended. */
        INPUT_ENDED,
        /** The container stops, perhaps since somebody left the shell. */
        CONTAINER_STOPS
    }

    /** Serves it. */
    End serve();
}
