package ioverlay.engine;

/**
 * An occupant that has begun and checked itself: it serves once {@link Node#occupy} or {@link Node#exchange} says so.
 * Made by {@link Node#prepare}.
 */
public final class Candidate {
    private final Occupant occupant;
    private final SlotPlace place;
    private final int application;

    Candidate(Occupant occupant, SlotPlace place, int application) {
        this.occupant = occupant;
        this.place = place;
        this.application = application;
    }

    /** Who it is. */
    public Occupant occupant() {
        return occupant;
    }

    SlotPlace place() {
        return place;
    }

    int application() {
        return application;
    }
}
