package ioverlay.itest.hostile;

/** Is left out of the bundle that needs it. */
final class Forgotten {
    /** Not a constant. */
    static final long WORK = Long.parseLong("1");

    private Forgotten() {}
}
