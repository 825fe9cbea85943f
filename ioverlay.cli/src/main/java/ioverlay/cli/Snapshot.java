package ioverlay.cli;

import java.util.List;

/**
 * The demo at one moment, as it is shown.
 *
 * @param seconds since the source began
 * @param bytes of the file that every receiver has
 * @param fileBytes size of the file
 * @param bytesPerSecond at which the file reaches all receivers, over the last moments
 * @param swapsDone by now
 * @param swapsPlanned in all
 * @param swapping the node being swapped, or the empty text
 * @param onNext for each node whether the next version serves it
 */
record Snapshot(
        double seconds,
        long bytes,
        long fileBytes,
        double bytesPerSecond,
        int swapsDone,
        int swapsPlanned,
        String swapping,
        List<Boolean> onNext) {
    Snapshot {
        onNext = List.copyOf(onNext);
    }

    /** How much of the file every receiver has, 0 to 1. */
    double part() {
        return fileBytes == 0 ? 1 : Math.min(1.0, (double) bytes / fileBytes);
    }
}
