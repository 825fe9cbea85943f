package ioverlay.container.shadow;

import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shadow runs of one container: one per slot, {@value #MOST} in all.
 *
 * <p><b>Threads:</b> any.
 */
public final class Shadows implements AutoCloseable {
    /** The most at the same time: each has two threads and up to 32 MB of copies. */
    public static final int MOST = 16;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    /** Hears of events. */
    @FunctionalInterface
    public interface Teller {
        /** Something happened; see {@code docs/status.md}. */
        void tell(String kind, String node, String sentence, JsonObject detail);
    }

    private record Place(String node, int application) {
        @Override
        public String toString() {
            return "slot " + Integer.toUnsignedString(application) + " of " + node;
        }
    }

    private final Limits limits;
    private final Teller teller;

    /** Empty while one begins. */
    private final Map<Place, Optional<Shadow>> runs = new HashMap<>();

    private boolean closed;

    /** With none. */
    public Shadows(Limits limits, Teller teller) {
        this.limits = limits;
        this.teller = teller;
    }

    /**
     * Starts one.
     *
     * @throws RefusedException if there are too many, or it does not begin
     */
    public ShadowRun start(ShadowRequest request, Subject subject, Lender lender) {
        Place place = new Place(subject.node(), subject.application());
        reserve(place);
        Shadow shadow = new Shadow(request, subject, lender, limits, report -> ended(place, report));
        String who;
        try {
            who = shadow.begin();
        } catch (Throwable e) {
            free(place);
            throw e;
        }
        JsonObject detail = new JsonObject();
        detail.addProperty("application", Integer.toUnsignedString(request.application()));
        detail.addProperty("algorithm", request.algorithm());
        detail.addProperty("live", shadow.soFar().live());
        detail.addProperty("shadow", shadow.soFar().shadow());
        teller.tell("shadow.started", place.node(), who, detail);
        boolean open = begun(place, shadow);
        shadow.watch();
        if (!open) {
            shadow.leave("the container is closing");
        }
        return shadow;
    }

    private synchronized void reserve(Place place) {
        if (closed) {
            throw new RefusedException("the container is closing");
        }
        if (runs.containsKey(place)) {
            throw new RefusedException(place + " has a shadow already; stop it first");
        }
        if (runs.size() == MOST) {
            throw new RefusedException(
                    "a container has at most " + MOST + " shadows at the same time, and as many run");
        }
        runs.put(place, Optional.empty());
    }

    private boolean begun(Place place, Shadow shadow) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            runs.put(place, Optional.of(shadow));
        }
        return true;
    }

    private synchronized void free(Place place) {
        runs.remove(place);
    }

    private void ended(Place place, ShadowReport report) {
        free(place);
        teller.tell("shadow.ended", place.node(), sentence(report), ReportAsJson.of(report));
    }

    private static String sentence(ShadowReport report) {
        return report.request().algorithm() + " " + report.shadow() + " in the shadow of " + report.live() + ": "
                + report.compared() + " calls compared, " + report.differed() + " differed, " + report.failed()
                + " failed, " + report.missed() + " missed; " + report.ended();
    }

    /** Ends all, in bounded time; idempotent. */
    @Override
    public void close() {
        List<Shadow> left;
        synchronized (this) {
            closed = true;
            left = runs.values().stream().flatMap(Optional::stream).toList();
        }
        left.forEach(Shadow::stop);
        long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        left.forEach(shadow -> shadow.awaitReport(Duration.ofNanos(Math.max(1, deadline - System.nanoTime()))));
    }
}
