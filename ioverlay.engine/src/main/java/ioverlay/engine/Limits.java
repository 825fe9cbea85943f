package ioverlay.engine;

/**
 * What a node puts up with from its peers.
 *
 * @param helloMs how long a connection may take to introduce itself
 * @param probeMs how long a connection may last that only measures
 * @param openMs how long a dialled peer may take, from the first packet to WELCOME
 * @param stallMs how long a link may stop in the middle of a message
 * @param connections that one node has open or is opening; one more is closed at once
 */
record Limits(long helloMs, long probeMs, long openMs, long stallMs, int connections) {
    static final Limits DEFAULT = new Limits(3_000, 5_000, 5_000, 5_000, 4096);
}
