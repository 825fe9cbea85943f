package ioverlay.cli;

import java.util.List;

/**
 * The transfer at one moment.
 *
 * @param sentBytes of the file that the source has sent
 * @param sourceFinished whether it has sent everything
 * @param receivers in the order of the tree
 */
record Moment(long sentBytes, boolean sourceFinished, List<Receiver> receivers) {
    Moment {
        receivers = List.copyOf(receivers);
    }

    /**
     * One receiver.
     *
     * @param node name
     * @param bytes of the file that it has
     * @param finished whether it has everything
     */
    record Receiver(String node, long bytes, boolean finished) {}

    boolean finished() {
        return sourceFinished && receivers.stream().allMatch(Receiver::finished);
    }

    /** What every receiver has. */
    long leastBytes() {
        return receivers.stream().mapToLong(Receiver::bytes).min().orElse(0);
    }

    /** Grows as long as anything moves. */
    long progress() {
        long finished = receivers.stream().filter(Receiver::finished).count();
        return sentBytes
                + finished
                + receivers.stream().mapToLong(Receiver::bytes).sum();
    }

    /** The node that has waited longest: the first in the tree that is not done, or the source if that is all. */
    String waiting() {
        return receivers.stream()
                .filter(receiver -> !receiver.finished())
                .reduce((one, other) -> other.bytes() < one.bytes() ? other : one)
                .map(Receiver::node)
                .orElse(Tree.name(Tree.ROOT));
    }
}
