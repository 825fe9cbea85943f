package ioverlay.itest.failures;

import ioverlay.api.NodeId;

/**
 * A notice about a neighbour, as it came to an algorithm.
 *
 * @param atNs of the machine's clock: the same in all processes
 * @param application of the notice's header
 * @param how its first parameter
 */
record Heard(long atNs, int type, int application, NodeId peer, int how, String sentence) {
    private static final int FIELDS = 6;

    /** One line; {@link #of} reads it. */
    String line() {
        return atNs + " " + Integer.toHexString(type) + " " + application + " " + peer + " " + how + " " + sentence;
    }

    static Heard of(String line) {
        String[] words = line.split(" ", FIELDS);
        return new Heard(
                Long.parseLong(words[0]),
                Integer.parseInt(words[1], 16),
                Integer.parseInt(words[2]),
                NodeId.parse(words[3]),
                Integer.parseInt(words[4]),
                words[5]);
    }
}
