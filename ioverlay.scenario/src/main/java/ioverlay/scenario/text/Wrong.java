package ioverlay.scenario.text;

/** A mistake in a scenario file. The message is one sentence: the rule and the value. */
public final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Place place;

    /** A mistake at a place. */
    public Wrong(Place place, String sentence) {
        super(sentence);
        this.place = place;
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }
}
