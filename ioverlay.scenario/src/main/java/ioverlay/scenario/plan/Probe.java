package ioverlay.scenario.plan;

/**
 * What is read from a node's status for each sample.
 *
 * @param what it is
 * @param application whose
 * @param of the name or JSON pointer, where one is needed, or empty
 */
public record Probe(What what, int application, String of) {
    /** As a column of samples names it. */
    public String label() {
        return of.isEmpty() ? what.word() : what.word() + ":" + of;
    }
}
