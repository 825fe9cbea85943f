package ioverlay.engine;

/** An occupant that has begun and checked itself, but does not serve yet; made by {@link Node#prepare}. */
public final class Candidate {
    private final Occupant occupant;

    Candidate(Occupant occupant) {
        this.occupant = occupant;
    }

    /** Who it is. */
    public Occupant occupant() {
        return occupant;
    }
}
