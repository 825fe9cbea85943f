package ioverlay.scenario.run;

/**
 * What was done of the time line.
 *
 * @param entry number of the entry, from 0
 * @param verb what
 * @param node by whom, or empty
 * @param due when it should have begun, in seconds
 * @param at when it began
 * @param took how many seconds
 * @param succeeded whether it came out as it was to
 * @param excused whether it need not
 * @param sentence for a person
 * @param pauseMicros of a swap; −1 for all else
 * @param version that serves after a swap, or empty
 */
public record Deed(
        int entry,
        String verb,
        String node,
        double due,
        double at,
        double took,
        boolean succeeded,
        boolean excused,
        String sentence,
        long pauseMicros,
        String version) {}
