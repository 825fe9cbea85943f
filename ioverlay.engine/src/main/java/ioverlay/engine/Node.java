package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.NodeStatus;

/**
 * A node of the data plane, as the control plane drives it.
 *
 * <p><b>Threads:</b> any but the node's own: each method posts its work to the node's turn where needed and waits for
 * it, at most {@value #ANSWER_TIMEOUT_MS} ms, after which it throws {@link IllegalStateException}.
 */
public final class Node implements AutoCloseable {
    /** How long a method waits for the turn. */
    public static final long ANSWER_TIMEOUT_MS = 10_000;

    Node() {}

    /** Where it listens. */
    public NodeId id() {
        return yet();
    }

    /** The engine as a service: {@code send} from any thread but the node's own turn. */
    public Engine engine() {
        return yet();
    }

    /**
     * Calls {@code begin} and {@code check} on the caller's thread. Sends are kept until the candidate serves.
     *
     * @throws Exception what the algorithm threw; its {@code end} was then called
     */
    public Candidate prepare(int application, Occupant occupant) throws Exception {
        return yet();
    }

    /**
     * Gives the candidate a copy of the state, on the caller's thread.
     *
     * @throws Exception the veto
     */
    public void rehearse(Candidate candidate, State state, WrittenBy writtenBy) throws Exception {
        yet();
    }

    /** Drops a candidate: calls its {@code end} and discards what it wanted to send. */
    public void discard(Candidate candidate) {
        yet();
    }

    /** Puts a candidate into a slot of its own, for an application that has none. */
    public void occupy(Candidate candidate) {
        yet();
    }

    /**
     * A deep copy of what the slot's occupant saves, taken between two calls; for a parked slot what it kept.
     *
     * @throws Exception what {@code save} threw
     */
    public State state(int application) throws Exception {
        return yet();
    }

    /**
     * Between two calls: final state out of the old occupant (or the parked slot), into the candidate, which then
     * serves. Held messages, timers and random state go along. If {@code save} or {@code restore} throws, the old one
     * goes on and the candidate must be discarded. The old occupant's {@code end} is called after the pause.
     */
    public Exchange exchange(Candidate candidate) {
        return yet();
    }

    /** Saves and ends the occupant and parks the slot: its messages wait, nothing is lost, other slots go on. */
    public void park(int application) {
        yet();
    }

    /** Ends the slot; its messages then go to slot 0. */
    public void vacate(int application) {
        yet();
    }

    /**
     * Attaches an application: calls its {@code begin} on its own thread, then lets it produce and consume.
     *
     * @throws Exception what {@code begin} threw, or {@link IllegalStateException} if the id is taken
     */
    public void attach(int application, String type, Application instance, JsonObject settings) throws Exception {
        yet();
    }

    /** Detaches it and calls its {@code end}; false if there is none. */
    public boolean detach(int application) {
        return yet();
    }

    /** Gives a control message to the slot of its application. */
    public void tell(Message control) {
        yet();
    }

    /** What it is doing; the control plane adds {@code swaps} per slot and {@code pauses}. */
    public NodeStatus status() {
        return yet();
    }

    /** Graceful: drains for at most 2 s, says BYE, ends occupants and applications, closes sockets; idempotent. */
    @Override
    public void close() {
        yet();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T yet() {
        throw new UnsupportedOperationException("being written");
    }
}
