package ioverlay.bench;

/** What a benchmark's process says at its end. */
public final class Exit {
    /** What is promised held. */
    public static final int OK = 0;

    /** It did not, or could not be measured. */
    public static final int FAILED = 1;

    /** A wrong argument. */
    public static final int WRONG_USAGE = 2;

    private Exit() {}
}
