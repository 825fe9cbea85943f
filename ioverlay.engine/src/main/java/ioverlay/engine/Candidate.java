package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.io.watch.Callee;

/**
 * An occupant that has begun and checked itself: it serves once {@link Node#occupy} or {@link Node#exchange} says so.
 * Made by {@link Node#prepare}.
 */
public final class Candidate implements Callee {
    private final Occupant occupant;
    private final SlotPlace place;
    private final int application;

    /** Volatile: the turn gives it up, others want to end it. */
    private volatile boolean lost;

    Candidate(Occupant occupant, SlotPlace place, int application) {
        this.occupant = occupant;
        this.place = place;
        this.application = application;
    }

    /** Who it is. */
    public Occupant occupant() {
        return occupant;
    }

    /** Algorithm and version, for a sentence. */
    @Override
    public String name() {
        return occupant.origin().algorithm() + " " + occupant.origin().version();
    }

    @Override
    public Object instance() {
        return occupant.instance();
    }

    @Override
    public JsonObject detail() {
        JsonObject detail = new JsonObject();
        detail.addProperty("application", Integer.toUnsignedLong(application));
        detail.addProperty("algorithm", occupant.origin().algorithm());
        detail.addProperty("version", occupant.origin().version());
        return detail;
    }

    SlotPlace place() {
        return place;
    }

    int application() {
        return application;
    }

    /** A call of it did not end: it is not called any more. False if that was known. */
    boolean lose() {
        boolean news = !lost;
        lost = true;
        return news;
    }

    boolean isLost() {
        return lost;
    }
}
