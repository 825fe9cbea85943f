package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The node-stress aware tree that improves itself: as 1.x, and a node moves to a sibling or to its grandparent where that one's stress with it is clearly below its
 * parent's now, so that "if D is a child of A rather than S, throughput may be further improved" (paper, section 3.2).
 *
 * <p><b>Moving:</b> by 15 % at least, at most every 2 s, after a random wait, so that siblings do not move at once. The new parent agrees only if its stress is still
 * low enough; the way up from it is walked as for an orphan. Nothing is lost on the way: see {@link Crossing}.
 *
 * <p><b>Settings, status:</b> {@link Tree}; and {@code moves}, {@code skipped}: messages that were missing between the old parent and the new.
 */
@AlgorithmType("tree.stress")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class StressTree extends Tree {
    private static final int MOVE = 16;
    private static final int CROSSED = 17;
    private static final double CLEARLY = 1.15;
    private static final long REST_NS = 2_000_000_000L;
    private static final int MOST_WAIT_MS = 500;
    private static final Duration LONGEST_CROSSING = Duration.ofSeconds(2);

    private @Nullable Crossing crossing;
    private long notBeforeNs;
    private boolean waits;

    @Carried
    private long moves;

    @Carried
    private long skipped;

    @Override
    public void begin(Place place) {
        super.begin(place);
        after(CROSSED, Duration.ZERO); // what a predecessor held goes on
    }

    @Override
    Optional<NodeId> better(Query query) {
        return LeastStress.near(vitals(), family.above().map(Report::vitals), family.vitals());
    }

    // ---- moving

    @Override
    void parentChanged() {
        if (!waits && now() >= notBeforeNs && improvement().isPresent()) {
            waits = true;
            after(MOVE, Duration.ofMillis(random().nextInt(MOST_WAIT_MS)));
        }
    }

    private Optional<Vitals> improvement() {
        Optional<Report> above = family.above();
        if (above.isEmpty() || crossing != null || joining.isUnderWay()) {
            return Optional.empty();
        }
        List<Vitals> others = new ArrayList<>(above.get().children());
        others.removeIf(sibling -> sibling.node().equals(id()));
        above.get().above().ifPresent(others::add);
        return others.stream()
                .min(Comparator.comparingDouble(Vitals::stressWithChild))
                .filter(best -> best.stressWithChild() < limit(above.get()));
    }

    private static double limit(Report parent) {
        return parent.vitals().stress() / CLEARLY;
    }

    @Override
    void timed(int timer) {
        if (timer == MOVE) {
            waits = false;
            improvement().ifPresent(best -> {
                notBeforeNs = now() + REST_NS;
                family.above().ifPresent(parent -> joining.consider(best.node(), limit(parent)));
            });
        } else if (timer == CROSSED) {
            arrive();
            place().held().forEach(this::passHeld);
        }
    }

    @Override
    void leaveParent(NodeId old) {
        arrive();
        moves++;
        crossing = new Crossing(old);
        after(CROSSED, LONGEST_CROSSING);
    }

    @Override
    boolean isLeaving(NodeId neighbour) {
        return crossing != null && crossing.old.equals(neighbour);
    }

    // ---- data on the way

    @Override
    Disposition data(Message message) {
        Crossing now = crossing;
        if (now == null) {
            return super.data(message);
        }
        NodeId from = message.from();
        if (from.equals(now.old)) {
            passNew(message);
            if (!now.isEmpty() && connects(now.first())) {
                arrive();
            }
            return Disposition.DONE;
        }
        if (!family.isParent(from)) {
            return super.data(message);
        }
        if (now.isEmpty() && connects(message)) {
            arrive();
            return super.data(message);
        }
        if (now.hasRoom(message, copies())) {
            now.hold(message);
            return Disposition.HOLD;
        }
        arrive();
        return super.data(message);
    }

    private boolean connects(Message message) {
        return sequence.connects(message.from(), message.sender(), message.sequence());
    }

    /** The old parent is left, and what the new one has brought goes on. */
    private void arrive() {
        Crossing over = crossing;
        if (over != null) {
            end(over);
            detach(over.old);
        }
    }

    /** What is held goes on before its era is another one. */
    @Override
    void eraEnds(NodeId neighbour) {
        Crossing now = crossing;
        if (now != null && !now.isEmpty() && family.isParent(neighbour)) {
            arrive();
        }
    }

    /** Back to the one that was being left, since the other has failed meanwhile: it is the parent again, and stays. */
    @Override
    void adopting(NodeId parent) {
        Crossing over = crossing;
        if (over != null && over.old.equals(parent)) {
            end(over);
        }
    }

    private void end(Crossing over) {
        crossing = null;
        stop(CROSSED);
        if (!over.isEmpty()) {
            Message first = over.first();
            skipped += sequence.missing(first.from(), first.sender(), first.sequence());
        }
        while (!over.isEmpty()) {
            passHeld(over.take());
        }
    }

    private void passHeld(Message held) {
        passNew(held);
        held.release();
    }

    @Override
    void gone(NodeId neighbour) {
        if (isLeaving(neighbour)) {
            arrive();
        }
        super.gone(neighbour);
    }

    @Override
    public JsonObject status() {
        JsonObject status = super.status();
        status.addProperty("moves", moves);
        status.addProperty("skipped", skipped);
        return status;
    }
}
