package ioverlay.bench.emulation;

/**
 * What did not arrive between the first and the last message that did.
 *
 * @param sent messages between the two, both included
 * @param lost of these
 * @param gaps stretches of one or more lost messages
 * @param disordered messages that came after a later one, or twice
 */
record Losses(long sent, long lost, long gaps, long disordered) {
    /** The share that was lost. */
    double share() {
        return sent == 0 ? 0 : (double) lost / sent;
    }
}
