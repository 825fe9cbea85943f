package ioverlay.io.opening;

/**
 * What a node puts up with from its peers.
 *
 * @param helloMs how long a connection may take to introduce itself
 * @param probeMs how long a connection may last that only measures
 * @param openMs how long a dialled peer may take, from the first packet to WELCOME
 * @param stallMs how long a link may stop in the middle of a message
 * @param connections that one node has open or is opening; one more is closed at once
 * @param partMs how long a downstream may take from BYE to its last credit and the end of the link
 */
public record Limits(long helloMs, long probeMs, long openMs, long stallMs, int connections, long partMs) {
    /** Longer than what an honest downstream may need to take what was sent before. */
    private static final long PART_MS = 35_000;

    /** What is usual. */
    public static final Limits DEFAULT = new Limits(3_000, 10_000, 5_000, 5_000, 4096);

    /** With the usual time to part. */
    public Limits(long helloMs, long probeMs, long openMs, long stallMs, int connections) {
        this(helloMs, probeMs, openMs, stallMs, connections, PART_MS);
    }
}
