package ioverlay.io.wire;

/** Types of link messages (0xc000–0xc0ff): consumed by the thread that reads them, never seen by an algorithm. */
public final class LinkType {
    /** Dialler to acceptor, first of all: see {@link Hello}. */
    public static final int HELLO = 0xc001;

    /** The acceptor's answer: its own {@link Hello}, and the windows. */
    public static final int WELCOME = 0xc002;

    /** The acceptor's answer if it will not: payload is a sentence; then it closes. */
    public static final int REFUSED = 0xc003;

    /** Acceptor to dialler: see {@link Credit}. */
    public static final int CREDIT = 0xc004;

    /** As {@link #CREDIT}, for the control lane of the link. */
    public static final int CONTROL_CREDIT = 0xc005;

    /**
     * Please repeat the sequence word in {@link #ECHO_REPLY}. On a link, either way: 0 asks whether the peer is still
     * there, since it owes and was silent; else from the acceptor, to see that its credits are read, and from the dialler,
     * to measure the round trip, each one at a time. On a connection that measures, from the dialler.
     */
    public static final int ECHO = 0xc006;

    /** The answer to {@link #ECHO}. */
    public static final int ECHO_REPLY = 0xc007;

    /** Either way: nothing follows, this is no failure. */
    public static final int BYE = 0xc008;

    /**
     * Dialler to acceptor: the application has written nothing for a while and need not be expected to; its next data ends
     * that.
     */
    public static final int QUIET = 0xc009;

    /**
     * Dialler to acceptor, behind the last data of the application: nothing more comes of it, unless data does.
     * {@code param1} = 1 its source failed, 2 ended.
     */
    public static final int SOURCE_GONE = 0xc00a;

    /**
     * On a connection that measures: may a train come? From the acceptor: the sequence word is its cap in bytes per second,
     * 0 for none, or −1 if another train is under way.
     */
    public static final int TRAIN = 0xc00b;

    /**
     * One message of a train: the application word says how many follow, the sequence word is a number that nobody can
     * guess; the payload is padding.
     */
    public static final int CAR = 0xc00c;

    /**
     * The train has arrived: the sequence word is the exclusive or of its numbers; payload: u64 bytes, headers included,
     * u64 nanoseconds between the first and the last.
     */
    public static final int ARRIVED = 0xc00d;

    /**
     * Dialler to acceptor that says {@link Hello#HEARS_DELAY}: so late is what the dialler sends, on purpose, from now on;
     * the sequence word has at most that many microseconds. Who grants only what goes in a while grants so much more.
     */
    public static final int DELAY = 0xc00e;

    private LinkType() {}

    /** Whether the type is in the range of link messages. */
    public static boolean isLink(int type) {
        return type >= 0xc000 && type <= 0xc0ff;
    }
}
