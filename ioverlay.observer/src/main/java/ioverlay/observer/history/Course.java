package ioverlay.observer.history;

import java.util.List;

/**
 * What a node did over a time.
 *
 * @param step seconds that each sample stands for on average; 0 where they are as they were taken
 * @param samples by time
 * @param links by time
 */
public record Course(double step, List<Sample> samples, List<LinkSample> links) {
    /** Most samples of one answer, and most of links. */
    public static final int MOST = 5000;

    /** Keeps its own lists. */
    public Course {
        samples = List.copyOf(samples);
        links = List.copyOf(links);
    }
}
