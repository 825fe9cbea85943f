package ioverlay.api.container;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node is doing. All counters count since the node was made.
 *
 * @param name as created
 * @param id where it listens
 * @param upMillis since it was made
 * @param upstreams one for each link that a neighbour dialled
 * @param downstreams one for each link that this node dialled
 * @param slots by application
 * @param applications started here
 * @param counters of the node as a whole, by name (see {@code docs/status.md}); includes what was refused and why
 * @param pauses how long swaps kept the node from dispatching
 * @param emulation the network that it is to believe in
 * @param rates of the node as a whole
 * @param sessions one for each application whose data passes here
 * @param lastMileBytesPerSecond what the node's own caps let through while traffic waited for them, lately; 0 if it did
 *     not within the last 10 s
 * @param location where it is on the globe, if it was told
 * @param observer that it was told to register with, if it has one of its own
 * @param weights of upstreams in the switch that were set, by application and upstream
 */
public record NodeStatus(
        String name,
        NodeId id,
        long upMillis,
        List<LinkStatus> upstreams,
        List<LinkStatus> downstreams,
        List<SlotStatus> slots,
        List<ApplicationStatus> applications,
        Map<String, Long> counters,
        PauseStatus pauses,
        Emulation emulation,
        RateStatus rates,
        List<SessionStatus> sessions,
        double lastMileBytesPerSecond,
        Optional<Location> location,
        Optional<NodeId> observer,
        List<WeightStatus> weights) {
    /** A node without weights. */
    public NodeStatus(
            String name,
            NodeId id,
            long upMillis,
            List<LinkStatus> upstreams,
            List<LinkStatus> downstreams,
            List<SlotStatus> slots,
            List<ApplicationStatus> applications,
            Map<String, Long> counters,
            PauseStatus pauses,
            Emulation emulation,
            RateStatus rates,
            List<SessionStatus> sessions,
            double lastMileBytesPerSecond,
            Optional<Location> location,
            Optional<NodeId> observer) {
        this(
                name,
                id,
                upMillis,
                upstreams,
                downstreams,
                slots,
                applications,
                counters,
                pauses,
                emulation,
                rates,
                sessions,
                lastMileBytesPerSecond,
                location,
                observer,
                List.of());
    }

    /** A node that is nowhere in particular. */
    public NodeStatus(
            String name,
            NodeId id,
            long upMillis,
            List<LinkStatus> upstreams,
            List<LinkStatus> downstreams,
            List<SlotStatus> slots,
            List<ApplicationStatus> applications,
            Map<String, Long> counters,
            PauseStatus pauses,
            Emulation emulation,
            RateStatus rates,
            List<SessionStatus> sessions,
            double lastMileBytesPerSecond) {
        this(
                name,
                id,
                upMillis,
                upstreams,
                downstreams,
                slots,
                applications,
                counters,
                pauses,
                emulation,
                rates,
                sessions,
                lastMileBytesPerSecond,
                Optional.empty(),
                Optional.empty());
    }

    /** A node whose last mile is not known. */
    public NodeStatus(
            String name,
            NodeId id,
            long upMillis,
            List<LinkStatus> upstreams,
            List<LinkStatus> downstreams,
            List<SlotStatus> slots,
            List<ApplicationStatus> applications,
            Map<String, Long> counters,
            PauseStatus pauses,
            Emulation emulation,
            RateStatus rates,
            List<SessionStatus> sessions) {
        this(
                name,
                id,
                upMillis,
                upstreams,
                downstreams,
                slots,
                applications,
                counters,
                pauses,
                emulation,
                rates,
                sessions,
                0);
    }

    /** A node of which no more is known. */
    public NodeStatus(
            String name,
            NodeId id,
            long upMillis,
            List<LinkStatus> upstreams,
            List<LinkStatus> downstreams,
            List<SlotStatus> slots,
            List<ApplicationStatus> applications,
            Map<String, Long> counters,
            PauseStatus pauses) {
        this(
                name,
                id,
                upMillis,
                upstreams,
                downstreams,
                slots,
                applications,
                counters,
                pauses,
                Emulation.NONE,
                RateStatus.NONE,
                List.of(),
                0);
    }

    /** Keeps its own lists. */
    public NodeStatus {
        upstreams = List.copyOf(upstreams);
        downstreams = List.copyOf(downstreams);
        slots = List.copyOf(slots);
        applications = List.copyOf(applications);
        counters = Map.copyOf(counters);
        sessions = List.copyOf(sessions);
        weights = List.copyOf(weights);
    }

    /**
     * As a JSON object with a key for each component, as {@code docs/status.md} says; what
     * {@link ioverlay.api.MessageType#REPORT} carries.
     */
    public JsonObject toJson() {
        return Document.of(this);
    }

    /**
     * The same as text of so many bytes at most. Where that is too little, the second half of every list is left out, once
     * or more, and {@code omitted} says how many elements that were.
     *
     * @param mostBytes of UTF-8; enough for what is in no list
     */
    public byte[] toJson(int mostBytes) {
        return Document.text(Document.of(this), mostBytes);
    }

    /**
     * Traffic over the last second or so, headers included.
     *
     * @param inBytesPerSecond data and control received from neighbours
     * @param outBytesPerSecond data and control sent to neighbours
     * @param inMessagesPerSecond data messages received
     * @param outMessagesPerSecond data messages sent
     */
    public record RateStatus(
            double inBytesPerSecond,
            double outBytesPerSecond,
            double inMessagesPerSecond,
            double outMessagesPerSecond) {
        /** Nothing moves. */
        public static final RateStatus NONE = new RateStatus(0, 0, 0, 0);
    }

    /**
     * What passes here of one application (paper: "the list of upstream and downstream nodes").
     *
     * @param application its id
     * @param upstreams neighbours it comes from; the node itself for a local source
     * @param downstreams neighbours it goes to; the node itself for the local application
     * @param rates of this application alone
     */
    public record SessionStatus(int application, List<NodeId> upstreams, List<NodeId> downstreams, RateStatus rates) {
        /** Keeps its own lists. */
        public SessionStatus {
            upstreams = List.copyOf(upstreams);
            downstreams = List.copyOf(downstreams);
        }
    }

    /**
     * An upstream's share in the switch, as it was set; whoever has none has 1.
     *
     * @param application of the slot; 0 is all that have none of their own
     * @param upstream the neighbour, or the node itself for its local source
     * @param weight 1 to 1000
     */
    public record WeightStatus(int application, NodeId upstream, int weight) {}

    /**
     * One direction of traffic with one neighbour, over all applications.
     *
     * @param peer the neighbour
     * @param state {@code dialling}, {@code open} or {@code closing}
     * @param messages data messages that passed: upstream taken by the switch, downstream given to the link
     * @param bytes of data, headers included
     * @param controlMessages control messages, likewise
     * @param queuedBytes of data that wait here, headers included; downstream they are among those that were given
     * @param unacknowledgedBytes that were written and are not acknowledged; 0 upstream
     * @param applications the ids that use it
     * @param bytesPerSecond data and control over the last second or so, headers included: upstream as they were taken,
     *     downstream as they were written
     * @param messagesPerSecond data messages, likewise
     * @param roundTripMicros the latest round trip, or −1 if none was measured
     * @param leastRoundTripMicros the least, likewise
     * @param roundTripAgeMillis how long ago the latest was measured
     * @param lostMessages emulated losses of data messages on this link; 0 upstream
     * @param lostBytes theirs, headers included
     * @param delayedBytes that are under way in the emulated latency
     */
    public record LinkStatus(
            NodeId peer,
            String state,
            long messages,
            long bytes,
            long controlMessages,
            long queuedBytes,
            long unacknowledgedBytes,
            List<Integer> applications,
            double bytesPerSecond,
            double messagesPerSecond,
            double roundTripMicros,
            double leastRoundTripMicros,
            long roundTripAgeMillis,
            long lostMessages,
            long lostBytes,
            long delayedBytes) {
        /** A link of which no more is known. */
        public LinkStatus(
                NodeId peer,
                String state,
                long messages,
                long bytes,
                long controlMessages,
                long queuedBytes,
                long unacknowledgedBytes,
                List<Integer> applications) {
            this(
                    peer,
                    state,
                    messages,
                    bytes,
                    controlMessages,
                    queuedBytes,
                    unacknowledgedBytes,
                    applications,
                    0,
                    0,
                    -1,
                    -1,
                    0,
                    0,
                    0,
                    0);
        }

        /** Keeps its own list. */
        public LinkStatus {
            applications = List.copyOf(applications);
        }
    }

    /**
     * One slot.
     *
     * @param application that it serves; 0 serves all without their own
     * @param algorithm name
     * @param version of the bundle it comes from
     * @param state {@code serving} or {@code parked}
     * @param processed calls of {@code process} that returned
     * @param failed calls that threw; their messages were dropped
     * @param held messages on hold
     * @param heldBytes memory that they pin
     * @param swaps that succeeded
     * @param detail what the algorithm says of itself
     * @param previous version that a rollback would go back to, or the empty text
     * @param probationMillis how long it is still on probation; 0 if it is not
     * @param stalled calls that did not end and were cancelled or abandoned
     * @param sentBytes that its calls have sent, headers included, each destination counted
     */
    public record SlotStatus(
            int application,
            String algorithm,
            String version,
            String state,
            long processed,
            long failed,
            int held,
            long heldBytes,
            int swaps,
            JsonObject detail,
            String previous,
            long probationMillis,
            long stalled,
            long sentBytes) {
        /** A slot of which no more is known. */
        public SlotStatus(
                int application,
                String algorithm,
                String version,
                String state,
                long processed,
                long failed,
                int held,
                long heldBytes,
                int swaps,
                JsonObject detail) {
            this(
                    application,
                    algorithm,
                    version,
                    state,
                    processed,
                    failed,
                    held,
                    heldBytes,
                    swaps,
                    detail,
                    "",
                    0,
                    0,
                    0);
        }
    }

    /**
     * One application.
     *
     * @param application its id
     * @param type its name
     * @param state {@code running}, {@code finished}, of a source that produces nothing more, or {@code failed}
     * @param produced messages
     * @param producedBytes headers included
     * @param consumed messages
     * @param consumedBytes headers included
     * @param skipped messages that a live session could not deliver here
     * @param failure what it threw, or the empty text
     * @param detail what the application says of itself
     */
    public record ApplicationStatus(
            int application,
            String type,
            String state,
            long produced,
            long producedBytes,
            long consumed,
            long consumedBytes,
            long skipped,
            String failure,
            JsonObject detail) {}

    /**
     * The pauses of swaps, in microseconds, collections included.
     *
     * @param count of swaps
     * @param p50 half were at most this long
     * @param p99 99 of 100 were at most this long
     * @param max the longest
     */
    public record PauseStatus(long count, long p50, long p99, long max) {}
}
