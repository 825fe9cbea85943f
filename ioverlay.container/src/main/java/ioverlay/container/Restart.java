package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import ioverlay.container.journal.NodeEntry;
import ioverlay.container.journal.SlotEntry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * Brings nodes back as the journal has them: at their ports, every slot with exactly the version that served for good.
 * One that cannot come back at once does not stop the others; it is tried again for a while.
 *
 * <p><b>Threads:</b> any; what is tried again, on a virtual thread of its own, {@code overlay-restart}.
 */
final class Restart implements AutoCloseable {
    /** How long a node is tried again. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long FIRST_WAIT_MS = 100;
    private static final long LONGEST_WAIT_MS = 5_000;
    private static final Logger LOG = System.getLogger(Restart.class.getName());

    private final NodeFactory nodes;
    private final Supply supply;
    private final DesiredState desired;
    private final EventLog events;
    private final Map<String, String> told = new HashMap<>();
    private Optional<Thread> thread = Optional.empty();

    Restart(NodeFactory nodes, Supply supply, DesiredState desired, EventLog events) {
        this.nodes = nodes;
        this.supply = supply;
        this.desired = desired;
        this.events = events;
    }

    /**
     * Brings nodes back that commands made.
     *
     * @return those that did not come back at once
     */
    synchronized List<NodeEntry> bring(List<NodeEntry> entries) {
        List<NodeEntry> away = attempt(entries);
        if (!away.isEmpty()) {
            thread = Optional.of(Thread.ofVirtual().name("overlay-restart").start(() -> tryAgain(away)));
        }
        return away;
    }

    private List<NodeEntry> attempt(List<NodeEntry> entries) {
        List<NodeEntry> away = new ArrayList<>();
        for (NodeEntry entry : entries) {
            try {
                bring(entry);
                entry.applications().values().forEach(application -> start(entry.name(), application));
                tell("node.restored", entry.name(), "is back as the journal has it");
            } catch (RefusedException e) {
                away.add(entry);
                if (!Reason.of(e).equals(told.put(entry.name(), Reason.of(e)))) {
                    tell("node.waiting", entry.name(), "does not come back yet: " + Reason.of(e));
                    LOG.log(Level.WARNING, "node ''{0}'' does not come back yet: {1}", entry.name(), Reason.of(e));
                }
            }
        }
        return away;
    }

    /** Starts an application that a command had started; if it refuses, the node goes on without. */
    void start(String node, ApplicationSpec application) {
        try {
            nodes.attach(node, application);
        } catch (RefusedException e) {
            tell(
                    "application.failed",
                    node,
                    "application " + Integer.toUnsignedString(application.application()) + " does not come back: "
                            + Reason.of(e));
        }
    }

    private void tryAgain(List<NodeEntry> entries) {
        List<NodeEntry> away = entries;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long wait = FIRST_WAIT_MS;
        try {
            while (!away.isEmpty() && deadline - System.nanoTime() > 0) {
                Thread.sleep(Duration.ofMillis(wait));
                wait = Math.min(2 * wait, LONGEST_WAIT_MS);
                away = attempt(away.stream().filter(this::isWanted).toList());
            }
            away.forEach(entry -> tell(
                    "node.away",
                    entry.name(),
                    "has not come back within " + PATIENCE.toSeconds()
                            + " s; it stays in the journal, and the next start tries again"));
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the container ends while nodes are away");
        }
    }

    /** It may have been made anew or removed meanwhile. */
    private boolean isWanted(NodeEntry entry) {
        return desired.node(entry.name()).filter(entry::equals).isPresent()
                && nodes.status(entry.name()).isEmpty();
    }

    /**
     * Makes a node as it was noted; noted are only ends of trials.
     *
     * @throws RefusedException if it cannot be made now
     */
    NodeStatus bring(NodeEntry entry) {
        NodeSpec spec = entry.spec();
        for (Map.Entry<Integer, SlotEntry> slot : entry.slots().entrySet()) {
            spec = spec.withSlot(slot.getKey(), slot.getValue().spec());
        }
        NodeStatus made = nodes.make(
                spec,
                (application, slot) ->
                        choose(Objects.requireNonNull(entry.slots().get(application))),
                entry.weights(),
                noted -> noteOthers(entry, noted));
        entry.slots().forEach((application, slot) -> endTrial(entry.name(), application, slot));
        return made;
    }

    /** Notes the versions if one had to be another than the journal has. */
    private void noteOthers(NodeEntry entry, NodeEntry made) {
        boolean same = made.slots().entrySet().stream()
                .allMatch(slot -> Optional.ofNullable(entry.slots().get(slot.getKey()))
                        .filter(was -> was.version().equals(slot.getValue().version()))
                        .isPresent());
        if (!same) {
            desired.made(new NodeEntry(made.spec(), entry.configuration(), made.slots(), Map.of()));
            entry.applications().values().forEach(application -> desired.started(entry.name(), application));
            entry.weights().forEach(weight -> desired.weighed(entry.name(), weight));
        }
    }

    private Source<Algorithm> choose(SlotEntry slot) {
        SlotSpec spec = slot.spec();
        String exactly = Ranges.exactly(Version.parseVersion(slot.version())).toString();
        try {
            return supply.highest(spec.algorithm(), Ranges.parse(exactly));
        } catch (RefusedException e) {
            if (spec.versions().equals(exactly)) {
                throw e;
            }
            // Nobody chose that version, it was the highest of its range; it is gone, and the range still counts.
            return supply.highest(spec.algorithm(), Ranges.parse(spec.versions()));
        }
    }

    private void endTrial(String node, int application, SlotEntry slot) {
        if (!slot.trial().isEmpty()) {
            desired.returned(node, application);
            tell(
                    "trial.ended",
                    node,
                    "slot " + Integer.toUnsignedString(application) + ": " + slot.trial()
                            + " was on probation when the container ended; "
                            + slot.spec().algorithm() + " " + slot.version() + " serves");
        }
    }

    private void tell(String kind, String node, String sentence) {
        events.add(kind, node, sentence, new JsonObject());
    }

    /** Gives up what is away; idempotent. */
    @Override
    public synchronized void close() {
        thread.ifPresent(Thread::interrupt);
    }
}
