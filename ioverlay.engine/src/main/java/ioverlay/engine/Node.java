package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.woven.Cancellation;
import ioverlay.io.counts.Count;
import ioverlay.io.probe.Prober;
import ioverlay.io.shared.Clock;
import ioverlay.io.threads.Question;
import ioverlay.traffic.shape.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A node of the data plane, as the control plane drives it.
 *
 * <p><b>Threads:</b> any but the node's own: each method posts its work to the node's turn where needed and waits for
 * it, at most {@value #ANSWER_TIMEOUT_MS} ms, after which it throws {@link IllegalStateException}.
 */
public final class Node implements AutoCloseable {
    /** How long a method waits for the turn. */
    public static final long ANSWER_TIMEOUT_MS = 10_000;

    /** How long an instance may take to end. */
    static final long END_TIMEOUT_MS = 2_000;

    private final Switch node;
    private final Clock clock;
    private final Closing closing;
    private final Engine engine;
    private final Prober prober;

    Node(Switch node, Clock clock, Closing closing, Prober prober) {
        this.node = node;
        this.clock = clock;
        this.closing = closing;
        this.prober = prober;
        this.engine = new ServiceEngine(node);
    }

    /** Where it listens. */
    public NodeId id() {
        return node.self();
    }

    Switch node() {
        return node;
    }

    /** The engine as a service: {@code send} from any thread. */
    public Engine engine() {
        return engine;
    }

    /**
     * Calls {@code begin} and {@code check} on the caller's thread. Sends are kept until the candidate serves.
     *
     * @throws Exception what the algorithm threw; its {@code end} was then called
     */
    public Candidate prepare(int application, Occupant occupant) throws Exception {
        SlotPlace place =
                new SlotPlace(occupant, node, application, node.config().seed());
        Candidate candidate = new Candidate(occupant, place, application);
        try {
            place.begin();
        } catch (Throwable e) {
            discard(candidate);
            throw e;
        }
        return candidate;
    }

    /**
     * Gives the candidate a copy of the state, on the caller's thread.
     *
     * @throws Exception the veto
     */
    public void rehearse(Candidate candidate, State state, WrittenBy writtenBy) throws Exception {
        candidate.place().restore(state, writtenBy);
    }

    /**
     * Ends an instance that does not serve (any more): a candidate that is dropped, or the one that left when a slot went
     * back by itself ({@link Terms#returned}). Its {@code end} is called on a thread of its own, for which the caller waits
     * at most {@value #END_TIMEOUT_MS} ms; then it is interrupted, cancelled, and left behind, and an event
     * {@code algorithm.failed} says so. An instance that stalled is not called any more.
     */
    public void discard(Candidate candidate) {
        if (candidate.isLost()) {
            return;
        }
        Occupant occupant = candidate.occupant();
        Thread ending = Thread.ofPlatform()
                .daemon()
                .name("overlay-" + node.name() + "-end")
                .start(() -> end(occupant));
        try {
            if (ending.join(Duration.ofMillis(END_TIMEOUT_MS))) {
                return;
            }
            ending.interrupt();
            ClassLoader code = occupant.instance().getClass().getClassLoader();
            Cancellation cancellation = Cancellation.begin(ending, code);
            try (cancellation) {
                if (!ending.join(Duration.ofMillis(END_TIMEOUT_MS / 4))) {
                    ended(occupant, "does not end and is left behind");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself; nobody waits for it any more
        }
    }

    private void end(Occupant occupant) {
        try {
            occupant.instance().end();
        } catch (Throwable e) {
            // Plug-in boundary: it is over for this instance anyhow.
            ended(occupant, "threw at its end: " + e);
        }
    }

    private void ended(Occupant occupant, String how) {
        node.happened("algorithm.failed", occupant.origin() + " " + how, new JsonObject());
    }

    /**
     * Puts a candidate into a slot of its own, for an application that has none.
     *
     * @throws IllegalStateException if there is a slot already
     */
    public void occupy(Candidate candidate) {
        inTurn(() -> {
            Slot slot = new Slot(node, candidate.application(), clock, candidate);
            if (!node.slots().add(slot)) {
                throw new IllegalStateException(
                        "application " + Integer.toUnsignedString(slot.application) + " has a slot already");
            }
            node.dispatcher().serve(slot, candidate);
            return slot;
        });
    }

    /**
     * A deep copy of what the slot's occupant saves, taken between two calls; for a parked slot what it kept.
     *
     * @throws Exception what {@code save} threw
     */
    public State state(int application) throws Exception {
        return inTurn(() -> succession().copy(slot(application))); // there: the occupant goes on writing to it
    }

    /**
     * Between two calls: final state out of the old occupant (or the parked slot), into the candidate, which then
     * serves. Held messages, timers and random state go along. If {@code save} or {@code restore} throws, the old one
     * goes on and the candidate must be discarded. The old occupant's {@code end} is called after the pause, on the
     * caller's thread.
     *
     * @throws IllegalStateException if there is no such slot, or its occupant is on probation; nothing was changed
     */
    public Exchange exchange(Candidate candidate) {
        return leaving(left -> succession().exchange(candidate, Optional.empty(), left));
    }

    /**
     * As {@link #exchange(Candidate)}, but the old occupant stays at hand, on probation of the new one: until
     * {@link #confirm} or {@link #giveBack}, or until the slot goes back by itself ({@link Terms} say when). Meanwhile a
     * message at which the new one fails goes to the old one, once. A parked slot has no old occupant, so no probation
     * begins. {@link #park}, {@link #vacate} and {@link #close} end both.
     */
    public Exchange exchange(Candidate candidate, Terms terms) {
        return leaving(left -> succession().exchange(candidate, Optional.of(terms), left));
    }

    /**
     * Ends a probation for good and calls the old occupant's {@code end} on the caller's thread; false if there is none
     * (any more), so the slot may have gone back.
     */
    public boolean confirm(int application) {
        return leaving(left -> succession().confirm(application, left));
    }

    /**
     * Goes back to the old occupant while it is at hand; empty if it is not (any more). The occupant that leaves is ended
     * on the caller's thread, unless it stalled. {@link Terms#returned} hears nothing of it.
     */
    public Optional<Return> giveBack(int application, String why) {
        return leaving(left -> succession().giveBack(application, why, left));
    }

    /** Does the work in the turn, and ends who leaves, after the pause. */
    private <T> T leaving(Function<List<Candidate>, T> work) {
        List<Candidate> left = new ArrayList<>();
        T answer = inTurn(() -> work.apply(left));
        left.forEach(this::discard);
        return answer;
    }

    /** Bytes that the slot's calls have sent, headers included, each destination counted; any thread, never waits. */
    public long sentBytes(int application) {
        return slot(application).sentBytes.get();
    }

    /**
     * Messages at which a new occupant failed on probation and which the old one processed instead, since the slot was
     * made; any thread, never waits.
     */
    public long redone(int application) {
        return slot(application).redone.get();
    }

    /**
     * Shows a slot's completed calls to a tap from now on, as long as the present occupant serves: one that fails is not
     * shown, one that the old occupant completes on probation is. One tap at a time per slot. When another occupant
     * takes over, or the slot is parked or ends, the tap is taken off, in the same turn, and told. A tap that throws is
     * taken off, too, and an event {@code tap.failed} says so.
     *
     * @throws IllegalStateException if the slot is parked or has a tap already
     */
    public Tapped tap(int application, Tap tap) {
        return inTurn(() -> succession().tap(application, tap));
    }

    /** Ends that; idempotent. A closed node or a slot that is gone has no tap. */
    public void untap(int application, Tap tap) {
        if (!node.turn().isClosed()) {
            inTurn(() -> {
                succession().untap(application, tap);
                return true;
            });
        }
    }

    /** Saves and ends the occupant and parks the slot: its messages wait, nothing is lost, other slots go on. */
    public void park(int application) {
        leaving(left -> {
            succession().park(application, left);
            return left;
        });
    }

    /** Whether nobody serves the slot now: {@link #park} was called, or a call did not end. */
    public boolean isParked(int application) {
        return inTurn(() -> slot(application).isParked());
    }

    /** Ends the slot; its messages then go to slot 0. */
    public void vacate(int application) {
        leaving(left -> {
            succession().vacate(application, left);
            return left;
        });
    }

    /**
     * Attaches an application: calls its {@code begin} on its own thread, then lets it produce and consume.
     *
     * @throws Exception what {@code begin} threw, or {@link IllegalStateException} if the id is taken
     */
    public void attach(int application, String type, Application instance, JsonObject settings) throws Exception {
        Seat seat = new Seat(node, application, type, instance, settings);
        inTurn(() -> {
            if (node.seats().putIfAbsent(application, seat) != null) {
                throw new IllegalStateException(
                        "application " + Integer.toUnsignedString(application) + " is attached already");
            }
            node.ports.add(seat.source());
            return seat;
        });
        try {
            seat.start();
        } catch (Exception e) {
            inTurn(() -> remove(seat));
            throw e;
        }
    }

    /** Detaches it and calls its {@code end}; false if there is none. */
    public boolean detach(int application) throws InterruptedException {
        Optional<Seat> seat = inTurn(() -> Optional.ofNullable(node.seats().get(application)));
        if (seat.isEmpty()) {
            return false;
        }
        inTurn(() -> remove(seat.get()));
        seat.get().close();
        boolean ended = seat.get().awaitEnd(ANSWER_TIMEOUT_MS);
        if (!ended) {
            inTurn(() -> {
                seat.get().orphan();
                return true;
            });
        }
        return ended;
    }

    private boolean remove(Seat seat) {
        return node.seats().values().remove(seat);
    }

    /**
     * Gives a control message to the slot of its application.
     *
     * @throws IllegalArgumentException if it is no control message, or an engine's
     */
    public void tell(Message control) {
        if (!MessageType.isControl(control.type()) || MessageType.isEngine(control.type())) {
            throw new IllegalArgumentException(
                    "only control messages of the common or the authors' range can be told, not type 0x"
                            + Integer.toHexString(control.type()));
        }
        engine.send(control, node.self());
    }

    /** The network that it is to believe in now. */
    public Emulation emulation() {
        return inTurn(node.caps()::emulation);
    }

    /**
     * Changes it, as {@link Emulation#changed} says; what holds now.
     *
     * @throws ioverlay.api.container.RefusedException if a value is wrong or a link unknown; nothing was changed
     */
    public Emulation emulate(JsonObject change) {
        return inTurn(() -> node.caps().change(change));
    }

    /**
     * Sets an upstream's share in the switch.
     *
     * @throws ioverlay.api.container.RefusedException if the weight is out of range, or no more can be remembered
     */
    public void weigh(int application, NodeId upstream, int weight) {
        inTurn(() -> {
            if (weight < 1 || weight > Weights.MAX_WEIGHT) {
                throw new RefusedException("a weight is 1 to " + Weights.MAX_WEIGHT + ", not '" + weight + "'");
            }
            if (!node.weigh(application, upstream, weight)) {
                throw new RefusedException("a node remembers no more weights");
            }
            return true;
        });
    }

    /** Measures the way to another node, on the caller's thread; within 5 s, with a bandwidth 10 s. */
    public Measurement measure(NodeId peer, boolean bandwidth) {
        return prober.measure(peer, bandwidth);
    }

    /** What it is doing; the control plane adds {@code swaps} per slot and {@code pauses}. */
    public NodeStatus status() {
        List<Seat> seats = inTurn(() -> new ArrayList<>(node.seats().values()));
        List<ApplicationStatus> applications =
                seats.stream().map(Seat::status).sorted(Seat.ORDER).toList();
        return inTurn(() -> StatusReport.of(node, applications));
    }

    /** One of its counters; also after its end, when there is no status any more. */
    long count(Count what) {
        return node.counters().sum(what);
    }

    private Slot slot(int application) {
        return succession().slot(application);
    }

    private Succession succession() {
        return node.succession();
    }

    private <T> T inTurn(Callable<T> work) {
        return ask(node, work);
    }

    /** Does the work in the node's turn and waits for its answer. */
    static <T> T ask(Switch node, Callable<T> work) {
        if (node.turn().isMine()) {
            throw new IllegalStateException("the control plane does not call from within a turn");
        }
        if (node.turn().isClosed()) {
            throw new IllegalStateException("the node " + node.name() + " is closed");
        }
        Question<T> question = new Question<>(node.name(), work);
        node.post(question);
        return question.await(ANSWER_TIMEOUT_MS);
    }

    /** Graceful: drains for at most 2 s, says BYE, ends occupants and applications, closes sockets; idempotent. */
    @Override
    public void close() {
        closing.close(this::discard, true);
    }

    /** Ends as if the machine had died: without BYE, and what is queued is lost; idempotent. */
    public void kill() {
        closing.close(this::discard, false);
    }
}
