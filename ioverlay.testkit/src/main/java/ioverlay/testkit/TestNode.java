package ioverlay.testkit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.Algorithm;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageBuilder;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.Emulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A node for unit tests of one algorithm: its slot, without sockets, threads and clock. What the engine promises and
 * demands holds here too; see the package for an example.
 *
 * <p>Each method that makes the algorithm work returns when everything that is due at that moment has happened: calls,
 * notices that they caused, data that waited. Links come and go only as the test says.
 *
 * <p><b>Threads:</b> one, that of the test.
 *
 * <p><b>Failures:</b> if a call of the algorithm throws, it has sent nothing, its message is gone, and the node goes on;
 * then the method that caused it throws {@link AlgorithmFailure}, unless {@link NodeSetup#onlyCountFailures} was said.
 */
public final class TestNode {
    private static final int FAILED = 1;
    private static final int ENDED = 2;

    private final Switch node;
    private final Succession succession;
    private final NodeSetup.Beginning beginning;
    private boolean ended;

    TestNode(Switch node, Succession succession, NodeSetup.Beginning beginning) {
        this.node = node;
        this.succession = succession;
        this.beginning = beginning;
    }

    /** Starts to describe a node for a fresh instance: no method of it has been called yet. */
    public static NodeSetup with(Algorithm algorithm) {
        return new NodeSetup(algorithm);
    }

    TestNode started() {
        return worked();
    }

    /** The node's id. */
    public NodeId self() {
        return node.self();
    }

    /** Starts a message for this node's slot: its type, its application, and who it is from. */
    public MessageBuilder message(int type, NodeId sender) {
        return Message.builder(sender, type).application(node.application());
    }

    /** A data message for this node's slot. */
    public Message data(NodeId sender, String text) {
        return message(MessageType.DATA, sender).payload(text).build();
    }

    /** {@link #receive(Message, NodeId)} from the message's originator. */
    public TestNode receive(Message message) {
        return receive(message, message.sender());
    }

    /**
     * A message comes, over the link of a neighbour, or from the node itself: its application's data, or control.
     *
     * @throws IllegalArgumentException if no slot of a real node would get it: an engine type, or another application
     */
    public TestNode receive(Message message, NodeId from) {
        requireServing();
        if (MessageType.isEngine(message.type())) {
            throw new IllegalArgumentException("notices and requests never come over a link: type 0x"
                    + Integer.toHexString(message.type()) + " would be dropped");
        }
        if (node.application() != 0 && message.application() != node.application()) {
            throw new IllegalArgumentException("the slot serves application "
                    + Integer.toUnsignedString(node.application()) + ", not "
                    + Integer.toUnsignedString(message.application()) + ", which the message has; message() and data()"
                    + " of the node set it");
        }
        node.arrived(message, from);
        return told();
    }

    /**
     * Gives the slot new settings, as {@link MessageType#CONFIGURE} does.
     *
     * @param json an object as text, or anything else to see how the algorithm bears it
     */
    public TestNode configure(String json) {
        return receive(message(MessageType.CONFIGURE, self()).payload(json).build());
    }

    /**
     * Time passes: what is due meanwhile happens at its moment, timers by their time and then by their id.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public TestNode advance(Duration time) {
        requireServing();
        long untilNs = node.now() + positive(time);
        for (OptionalLong next = node.nextNs(); next.isPresent() && next.getAsLong() <= untilNs; next = node.nextNs()) {
            node.moveTo(next.getAsLong());
            node.work();
        }
        node.moveTo(untilNs);
        return worked();
    }

    /**
     * Time passes and the node dispatches nothing, as in a long collection: all that is due comes late, and timers count
     * the periods that they missed.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public TestNode stall(Duration time) {
        requireServing();
        node.moveTo(node.now() + positive(time));
        return worked();
    }

    private static long positive(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time does not go back, by " + time);
        }
        return time.toNanos();
    }

    /** The time since the node started, as {@link ioverlay.api.Place#now} has it. */
    public Duration now() {
        return Duration.ofNanos(node.now());
    }

    /** What has left for other nodes since the start or the last {@link #takeSent}, in order. */
    public List<Sent> sent() {
        return List.copyOf(node.exits().sent());
    }

    /** Of {@link #sent}, what went to one node. */
    public List<Message> sentTo(NodeId destination) {
        return node.exits().sent().stream()
                .filter(sent -> sent.to().equals(destination))
                .map(Sent::message)
                .toList();
    }

    /** {@link #sent}, which then begins anew. */
    public List<Sent> takeSent() {
        List<Sent> taken = sent();
        node.exits().sent().clear();
        return taken;
    }

    /** What the local application got since the start or the last {@link #takeDelivered}, in order. */
    public List<Message> delivered() {
        return node.exits().delivered().stream().map(Sent::message).toList();
    }

    /** {@link #delivered}, which then begins anew. */
    public List<Message> takeDelivered() {
        List<Message> taken = delivered();
        node.exits().delivered().clear();
        return taken;
    }

    /**
     * A destination, or the node itself for its application, has no room: data to it waits, live data is skipped. What
     * an upstream's data caused to wait holds up that upstream; what timers and control messages caused waits in the
     * origin lane, and comes back as {@link MessageType#SEND_REFUSED} beyond its bound (256 messages, 256 KiB).
     */
    public TestNode block(NodeId destination) {
        node.exits().block(destination);
        return this;
    }

    /** There is room again: what waited goes, and {@link MessageType#ROOM} comes if something had been refused. */
    public TestNode unblock(NodeId destination) {
        requireServing();
        node.exits().unblock(destination);
        node.lane().empty();
        return worked();
    }

    /**
     * The origin lane is full until the next {@link #unblock}: what a timer or a control message sends to a destination
     * without room comes back as {@link MessageType#SEND_REFUSED} at once.
     */
    public TestNode fillOriginLane() {
        node.lane().stuff();
        return this;
    }

    /** From now on, what is sent to the destination comes back as {@link MessageType#SEND_FAILED}. */
    public TestNode cutOff(NodeId destination, String why) {
        node.exits().cutOff(destination, why);
        return this;
    }

    /** The destination can be sent to again. */
    public TestNode reconnect(NodeId destination) {
        node.exits().reconnect(destination);
        return this;
    }

    /** {@link MessageType#LINK_UP}. */
    public TestNode linkUp(NodeId neighbour, Direction direction) {
        node.links().add(direction.way(), neighbour);
        return tell(MessageType.LINK_UP, neighbour, direction, 0, "");
    }

    /** {@link MessageType#LINK_CLOSED}. */
    public TestNode linkClosed(NodeId neighbour, Direction direction) {
        node.links().remove(direction.way(), neighbour);
        return tell(MessageType.LINK_CLOSED, neighbour, direction, 0, "");
    }

    /**
     * {@link MessageType#LINK_FAILED}; what waited for room at a downstream is lost.
     *
     * @param unacknowledged messages that were given to the link and are not acknowledged
     */
    public TestNode linkFailed(NodeId neighbour, Direction direction, int unacknowledged, String why) {
        if (direction == Direction.DOWNSTREAM) {
            node.exits().lose(neighbour);
        }
        node.links().remove(direction.way(), neighbour);
        return tell(MessageType.LINK_FAILED, neighbour, direction, unacknowledged, why);
    }

    private TestNode tell(int type, NodeId neighbour, Direction direction, int param2, String sentence) {
        return tell(type, Header.params(direction.param(), param2), neighbour, sentence);
    }

    private TestNode tell(int type, long params, NodeId about, String sentence) {
        requireServing();
        node.tell(Notice.about(self(), type, node.application(), params, about, sentence));
        return worked();
    }

    /** {@link MessageType#NODE_FAILED}: no link with that node is left; a real node has said {@code LINK_FAILED} first. */
    public TestNode nodeFailed(NodeId other, String why) {
        for (Direction direction : Direction.values()) {
            node.links().remove(direction.way(), other);
        }
        node.exits().lose(other);
        return tell(MessageType.NODE_FAILED, 0, other, why);
    }

    /**
     * {@link MessageType#SOURCE_FAILED}: no more data of the slot's application comes from an upstream, whose link failed.
     *
     * @param left upstreams of the session that are left
     */
    public TestNode sourceFailed(NodeId upstream, int left, String why) {
        return tell(MessageType.SOURCE_FAILED, Header.params(FAILED, left), upstream, why);
    }

    /** {@link #sourceFailed}, but the upstream has ended well: it left, or its own source is gone. */
    public TestNode sourceEnded(NodeId upstream, int left, String why) {
        return tell(MessageType.SOURCE_FAILED, Header.params(ENDED, left), upstream, why);
    }

    /**
     * {@link MessageType#REPORT}, whether the algorithm asked for reports or not: none comes by itself.
     *
     * @param json a node's status as {@code docs/status.md} says, or the part of it that the algorithm reads; single
     *     quotes do as well as double ones
     * @throws com.google.gson.JsonParseException if it is malformed
     */
    public TestNode report(String json) {
        requireServing();
        byte[] text = JsonParser.parseString(json).getAsJsonObject().toString().getBytes(StandardCharsets.UTF_8);
        node.tell(Notice.of(self(), MessageType.REPORT, node.application(), 0, text));
        return worked();
    }

    /**
     * How far another node is. {@link MessageType#MEASURE} is answered after that time; a node of which nothing is known
     * gives no answer, which the algorithm is told after 5 s.
     */
    public TestNode roundTrip(NodeId other, Duration time) {
        node.requests().roundTrip(other, time);
        return this;
    }

    /**
     * How much could be sent to another node, for a {@link MessageType#MEASURE} that asks for it; its {@link #roundTrip}
     * must be known, too. Where only that is, the algorithm is told after 10 s that it failed.
     */
    public TestNode available(NodeId other, double bytesPerSecond) {
        node.requests().bandwidth(other, bytesPerSecond);
        return this;
    }

    /**
     * The network as the algorithm has changed it with {@link MessageType#EMULATE}, by the rules of a real node: links are
     * those that the test said are up, and those that data came or was sent over.
     */
    public Emulation emulation() {
        return node.requests().emulation();
    }

    /** How often the algorithm wants reports, by {@link MessageType#SET_REPORTS}; zero is never. */
    public Duration reportInterval() {
        return node.requests().reportInterval();
    }

    /** How long the links of a session without sources stay, by {@link MessageType#SET_GRACE}. */
    public Duration grace() {
        return node.requests().grace();
    }

    /** Copies of what the slot holds, the oldest first. */
    public List<Message> held() {
        return node.held().stream().map(Message::copy).toList();
    }

    /** How many timers run. */
    public int timers() {
        return node.timers();
    }

    /** How many messages wait for room at a destination, each destination counted. */
    public int waitingToLeave() {
        return node.exits().waiting();
    }

    /** How many data messages have arrived and wait, since what came before them waits for room. */
    public int waitingToBeProcessed() {
        return node.arrivals();
    }

    /** The weights that the algorithm has set, by upstream. */
    public Map<NodeId, Integer> weights() {
        return Map.copyOf(node.requests().weights());
    }

    /** What the algorithm said with {@link MessageType#TRACE}. */
    public List<String> traces() {
        return List.copyOf(node.requests().traces());
    }

    /** Requests to the engine that broke a rule, as sentences. They had no other effect. */
    public List<String> refusals() {
        return List.copyOf(node.requests().refusals());
    }

    /** How many calls of {@code process} have returned. */
    public long processed() {
        return node.processed();
    }

    /** What calls of {@code process} threw. */
    public List<Throwable> failures() {
        return List.copyOf(node.faults().all());
    }

    /** The algorithm's own status. */
    public JsonObject status() {
        return node.algorithm().status();
    }

    /**
     * The algorithm looks at itself once more.
     *
     * @throws Exception what it threw
     */
    public void check() throws Exception {
        node.algorithm().check();
    }

    /**
     * {@link #swapTo(Algorithm, WrittenBy, JsonObject)} with the same name and settings.
     *
     * @param version of the next one, for example {@code 1.1.0}
     */
    public TestNode swapTo(Algorithm next, String version) {
        WrittenBy origin = new WrittenBy(succession.origin().algorithm(), version);
        return swapTo(next, origin, beginning.settings());
    }

    /**
     * Hands the slot over to another instance, as a swap does: it begins and checks itself, rehearses {@code restore}
     * with a copy of the state, gets the final state, and serves; held messages, timers and the generator go along. The
     * old one's {@code end} is called.
     *
     * @param next a fresh instance: no method of it has been called yet
     * @param origin its name and version
     * @param settings its settings
     * @return this node, which goes on
     * @throws AlgorithmFailure if it refuses or vetoes; its {@code end} was then called, and the old one serves on
     */
    public TestNode swapTo(Algorithm next, WrittenBy origin, JsonObject settings) {
        requireServing();
        succession.swap(next, new SlotPlace(node, settings, beginning.seed()), origin);
        return worked();
    }

    /**
     * The last call of all: {@code end}, in which sends are refused.
     *
     * @throws AlgorithmFailure what it threw
     */
    public void end() {
        requireServing();
        ended = true;
        succession.end();
    }

    private void requireServing() {
        if (ended) {
            throw new IllegalStateException("the node has ended");
        }
    }

    private TestNode worked() {
        node.work();
        return told();
    }

    private TestNode told() {
        node.faults().takeUntold().filter(failure -> !beginning.onlyCounts()).ifPresent(failure -> {
            throw failure;
        });
        return this;
    }
}
