package ioverlay.bench;

/**
 * What became of messages, over all pairs of a source and a sink. The sources count what they sent, the sinks check the
 * sequence numbers of each originator.
 *
 * @param sent for each sink that was to get it
 * @param delivered different ones
 * @param duplicated that came once more
 * @param reordered that came after a later one
 */
record Ledger(long sent, long delivered, long duplicated, long reordered) {
    static final Ledger NOTHING = new Ledger(0, 0, 0, 0);

    Ledger plus(Ledger other) {
        return new Ledger(
                sent + other.sent,
                delivered + other.delivered,
                duplicated + other.duplicated,
                reordered + other.reordered);
    }

    long lost() {
        return sent - delivered;
    }

    boolean isClean() {
        return lost() == 0 && duplicated == 0 && reordered == 0;
    }
}
