package ioverlay.shell.wire;

/**
 * One frame: a letter, the length of what follows as a 32-bit big-endian number, and that.
 *
 * @param kind by its letter
 * @param payload at most {@link #MAX_PAYLOAD} bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, compared by nobody
public record Frame(Kind kind, byte[] payload) {
    /** The most bytes in one frame. */
    public static final int MAX_PAYLOAD = 64 << 10;
}
