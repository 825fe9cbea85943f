package ioverlay.scenario.plan;

/**
 * What is read from a node's status for each sample.
 *
 * @param what it is
 * @param application whose
 * @param of the name or JSON pointer, where one is needed, or empty
 * @param unit of the number; that of its kind if the file says none, or empty
 */
public record Probe(What what, int application, String of, String unit) {
    /** Has the unit of its kind where none is said. */
    public Probe {
        unit = unit.isEmpty() ? what.unit() : unit;
    }

    /** In the unit of its kind. */
    public Probe(What what, int application, String of) {
        this(what, application, of, "");
    }

    /** As a column of samples names it. */
    public String label() {
        return of.isEmpty() ? what.word() : what.word() + ":" + of;
    }
}
