package ioverlay.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The paper's iAlgorithm (section 2.2, "Basic elements of algorithms"): a default handler for every known type, known
 * hosts, gossip, finding a node that is in a session, and helpers for what the engine does on request.
 *
 * <p>An author overrides {@link #process} with a {@code switch} on the type and leaves the rest to
 * {@code super.process}. Only {@link MessageType#DATA} must be handled.
 *
 * <p><b>Threads:</b> as {@link Algorithm}.
 */
@ConsumerType
public abstract class BasicAlgorithm implements Algorithm {
    /** The most hosts that are remembered; the oldest is forgotten. */
    public static final int MAX_KNOWN_HOSTS = 1024;

    /** The most links that a {@link MessageType#FIND} travels. */
    public static final int MAX_FIND_HOPS = 16;

    private static final int MAX_WEIGHT = 1000;
    private static final Duration MIN_REPORT_INTERVAL = Duration.ofMillis(100);
    private static final Duration MAX_REPORT_INTERVAL = Duration.ofHours(1);
    private static final Duration MAX_GRACE = Duration.ofMinutes(10);

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Place place;

    @Carried
    private LinkedHashSet<NodeId> knownHosts = new LinkedHashSet<>();

    private final Finder finder = new Finder();

    /** Made when first needed: an algorithm may have ways of its own. */
    private @Nullable CarriedFields carried;

    /** Keeps the place. An author who overrides it calls {@code super.begin} first. */
    @Override
    public void begin(Place where) {
        place = where;
    }

    /**
     * The default for every known type; what is not known is {@linkplain #unknown counted as such}.
     *
     * <p>{@code BOOT_REPLY} is remembered as known hosts; {@code FIND} is answered if {@link #inSession} says so and
     * relayed otherwise; a host that failed, or whose link did, is forgotten; a held message that comes back is dropped.
     * {@code REPORT} and {@code SOURCE_FAILED} need nothing done.
     */
    @Override
    public Disposition process(Message message) {
        switch (message.type()) {
            case MessageType.BOOT_REPLY -> Payloads.nodes(message).forEach(this::know);
            case MessageType.FIND -> finder.asked(this, message);
            case MessageType.LINK_FAILED, MessageType.SEND_FAILED, MessageType.NODE_FAILED ->
                knownHosts.remove(peer(message));
            case MessageType.REPORT, MessageType.SOURCE_FAILED -> {}
            default -> unknown(message);
        }
        return Disposition.DONE;
    }

    /** What neither the author nor this class handles; by default it is ignored. */
    protected void unknown(Message message) {}

    /** Whether this node takes part in the session that a {@link MessageType#FIND} looks for; by default it does not. */
    protected boolean inSession() {
        return false;
    }

    /** The place that {@link #begin} was given. */
    protected final Place place() {
        return place;
    }

    /** The node. */
    protected final NodeId self() {
        return place.self();
    }

    /** Nanoseconds since the node started; the same value throughout one call. */
    protected final long now() {
        return place.now();
    }

    /** The slot's generator. */
    protected final RandomGenerator random() {
        return place.random();
    }

    /** Starts a message of this node and application. */
    protected final MessageBuilder message(int type) {
        return Message.builder(self(), type).application(place.application());
    }

    /** Sends: see {@link Engine#send}. */
    protected final void send(Message message, NodeId... destinations) {
        place.engine().send(message, destinations);
    }

    /** Gives a data message to the local application. */
    protected final void deliver(Message message) {
        send(message, self());
    }

    /** The neighbour that a notice of the engine is about: the node at the start of its payload. */
    protected static NodeId peer(Message notice) {
        return NodeId.read(notice.payload());
    }

    /** Remembers a host, but not the node itself. */
    protected final void know(NodeId host) {
        if (host.equals(self())) {
            return;
        }
        knownHosts.remove(host);
        knownHosts.add(host);
        if (knownHosts.size() > MAX_KNOWN_HOSTS) {
            knownHosts.removeFirst();
        }
    }

    /** The hosts known by now, the oldest first. */
    protected final List<NodeId> knownHosts() {
        return List.copyOf(knownHosts);
    }

    /**
     * Gossip (paper, section 2.2): sends the message to each host with the probability, independently.
     *
     * @param probability 0 to 1
     * @return how many hosts it was sent to
     * @throws IllegalArgumentException if the probability is out of range
     */
    protected final int disseminate(Message message, Collection<NodeId> hosts, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is 0 to 1, not " + probability);
        }
        List<NodeId> chosen = new ArrayList<>(hosts.size());
        for (NodeId host : hosts) {
            if (probability == 1 || random().nextDouble() < probability) {
                chosen.add(host);
            }
        }
        send(message, chosen.toArray(NodeId[]::new));
        return chosen.size();
    }

    /**
     * Looks for a node that is in the session: asks all known hosts, who relay. The first that is in the session answers
     * with {@link MessageType#FOUND}; several may. No answer comes if there is none, so set a timer.
     *
     * @return the request id that the answer repeats in {@code param1}
     */
    protected final int find() {
        return finder.ask(this);
    }

    /**
     * Sets a timer: {@link MessageType#TIMER} comes after the delay. A running timer of that id is replaced.
     *
     * @throws IllegalArgumentException if the delay is negative
     */
    protected final void timer(int id, Duration delay) {
        timer(id, delay, Duration.ZERO);
    }

    /**
     * Sets a timer that comes again after each period; a period of zero means once.
     *
     * @throws IllegalArgumentException if the delay or the period is negative
     */
    protected final void timer(int id, Duration delay, Duration period) {
        if (delay.isNegative() || period.isNegative()) {
            throw new IllegalArgumentException("a timer's delay and period are not negative: " + delay + ", " + period);
        }
        ByteBuffer times = ByteBuffer.allocate(16)
                .putLong(delay.toNanos())
                .putLong(period.toNanos())
                .flip();
        request(message(MessageType.SET_TIMER).params(id, 0).payload(times));
    }

    /** Ends a timer; without effect if there is none of that id. */
    protected final void cancelTimer(int id) {
        request(message(MessageType.CANCEL_TIMER).params(id, 0));
    }

    /**
     * Sets an upstream's share in the switch.
     *
     * @param weight 1 to 1000
     * @throws IllegalArgumentException if the weight is out of range
     */
    protected final void weight(NodeId upstream, int weight) {
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("a weight is 1 to " + MAX_WEIGHT + ", not " + weight);
        }
        request(message(MessageType.SET_WEIGHT).params(weight, 0).payload(List.of(upstream)));
    }

    /** Asks for the round-trip time to a node; {@link MessageType#MEASURED} repeats the id. */
    protected final void measure(int requestId, NodeId node) {
        request(message(MessageType.MEASURE).params(requestId, 0).payload(List.of(node)));
    }

    /**
     * Asks for the available bandwidth to a node, too: that sends up to 64 KB there. {@link MessageType#MEASURED} repeats
     * the id.
     */
    protected final void measureBandwidth(int requestId, NodeId node) {
        request(message(MessageType.MEASURE).params(requestId, 1).payload(List.of(node)));
    }

    /**
     * Asks for a {@link MessageType#REPORT} of what the engine has measured, at this interval.
     *
     * @param interval 100 ms to 1 h; zero for none
     * @throws IllegalArgumentException if it is out of range
     */
    protected final void reports(Duration interval) {
        if (!interval.isZero() && !isBetween(MIN_REPORT_INTERVAL, interval, MAX_REPORT_INTERVAL)) {
            throw new IllegalArgumentException("reports come every " + MIN_REPORT_INTERVAL.toMillis() + " to "
                    + MAX_REPORT_INTERVAL.toMillis() + " ms, or not at all (0), not every " + interval);
        }
        request(message(MessageType.SET_REPORTS).params((int) interval.toMillis(), 0));
    }

    /**
     * Sets how long the links of a session stay whose sources are all gone, see {@link MessageType#SET_GRACE}.
     *
     * @param time zero, as at first, to 10 min
     * @throws IllegalArgumentException if it is out of range
     */
    protected final void grace(Duration time) {
        if (!isBetween(Duration.ZERO, time, MAX_GRACE)) {
            throw new IllegalArgumentException(
                    "a session's grace is 0 to " + MAX_GRACE.toMillis() + " ms, not " + time);
        }
        request(message(MessageType.SET_GRACE).params((int) time.toMillis(), 0));
    }

    /** Sends nothing more of the slot's application to a neighbour, see {@link MessageType#PART}. */
    protected final void part(NodeId neighbour) {
        request(message(MessageType.PART).payload(List.of(neighbour)));
    }

    private static boolean isBetween(Duration least, Duration time, Duration most) {
        return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    }

    /**
     * Changes the network that the node is to believe in, see {@link MessageType#EMULATE}. A change that breaks a rule
     * has no effect, and an event says which rule.
     *
     * @param change what it names is set, null takes it away, the rest stays
     * @throws IllegalArgumentException if it takes more than {@link Header#MAX_CONTROL_PAYLOAD} bytes
     */
    protected final void emulate(JsonObject change) {
        request(message(MessageType.EMULATE).payload(change));
    }

    /**
     * Says something to whoever watches the node.
     *
     * @throws IllegalArgumentException if it takes more than {@link Header#MAX_CONTROL_PAYLOAD} bytes
     */
    protected final void trace(String text) {
        request(message(MessageType.TRACE).payload(text));
    }

    /**
     * Says something to whoever watches the node, as JSON.
     *
     * @throws IllegalArgumentException as {@link #trace(String)}
     */
    protected final void trace(JsonElement json) {
        request(message(MessageType.TRACE).payload(json));
    }

    private void request(MessageBuilder request) {
        send(request.build(), self());
    }

    /** The fields marked {@link Carried}. */
    @Override
    public State save() {
        return carried().save();
    }

    /** The fields marked {@link Carried}. */
    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        carried().restore(state);
    }

    private CarriedFields carried() {
        if (carried == null) {
            carried = new CarriedFields(this);
        }
        return carried;
    }
}
