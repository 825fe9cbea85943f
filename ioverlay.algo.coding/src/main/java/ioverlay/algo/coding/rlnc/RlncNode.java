package ioverlay.algo.coding.rlnc;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a node has: settings, its neighbours, what it counts, and how much a call may still send. */
abstract class RlncNode extends BasicAlgorithm {
    static final int MOST_GREETERS = 100;

    private static final int MOST_SENDS = 900;
    private static final int MOST_BYTES_PER_CALL = 3 << 20;

    /** What no data message causes waits in the slot's origin lane, which is small. */
    private static final int MOST_BYTES_PER_TICK = 96 << 10;

    private final Map<NodeId, Integer> shares = new HashMap<>();
    private final Deque<Message> refused = new ArrayDeque<>();
    final Site site = new Here();

    @SuppressWarnings("NullAway.Init") // set in begin, before anything else
    private RlncSettings settings;

    @Carried
    private Tally tally = new Tally();

    /** The neighbours that send here. */
    @Carried
    private LinkedHashSet<NodeId> greeters = new LinkedHashSet<>();

    private boolean isFull;
    private long leftBytes;
    private int leftSends;

    @Override
    public void begin(Place place) {
        super.begin(place);
        settings = RlncSettings.read(place.settings(), self());
    }

    final RlncSettings settings() {
        return settings;
    }

    final Tally tally() {
        return tally;
    }

    final Set<NodeId> greeters() {
        return greeters;
    }

    /** As many neighbours send to that one. */
    final void share(NodeId downstream, int upstreams) {
        shares.put(downstream, upstreams);
    }

    /** A call begins, for a message of the data or for anything else. */
    final void mayYetSend(boolean isData) {
        leftBytes = isData ? MOST_BYTES_PER_CALL : isFull ? 0 : MOST_BYTES_PER_TICK;
        leftSends = MOST_SENDS;
    }

    // ---- what could not be sent for want of room: packets are sent anew some time, messages must not be lost

    final void refused(Message notice) {
        isFull = true;
        if (peer(notice).equals(self())) {
            notice.subject().map(Message::copy).ifPresent(refused::add);
        }
    }

    final void again() {
        while (!refused.isEmpty()) {
            deliver(refused.removeFirst());
        }
    }

    /** There is room again. */
    final void hasRoom() {
        isFull = false;
        again();
    }

    /** This node. */
    private final class Here implements Site {
        @Override
        public NodeId self() {
            return RlncNode.this.self();
        }

        @Override
        public long nowNs() {
            return now();
        }

        @Override
        public RandomGenerator chance() {
            return random();
        }

        @Override
        public RlncSettings settings() {
            return settings;
        }

        @Override
        public Tally tally() {
            return tally;
        }

        @Override
        public Set<NodeId> greeters() {
            return Collections.unmodifiableSet(greeters);
        }

        @Override
        public int shareOf(NodeId downstream) {
            return shares.getOrDefault(downstream, 1);
        }

        @Override
        public boolean maySend(int bytes) {
            boolean isFirst = leftSends == MOST_SENDS && leftBytes > 0;
            return leftSends > 0 && (bytes <= leftBytes || isFirst);
        }

        @Override
        public void push(Message packet, NodeId destination) {
            count(packet);
            send(packet, destination);
        }

        @Override
        public void give(Message message) {
            count(message);
            tally.messages++;
            tally.bytes += Header.BYTES + message.payloadSize();
            deliver(message);
        }

        private void count(Message message) {
            leftBytes -= Header.BYTES + message.payloadSize();
            leftSends--;
        }

        @Override
        public void tell(Report report, NodeId upstream) {
            send(report.write(message(Report.TYPE)).build(), upstream);
        }

        @Override
        public void announce(Closing closing, NodeId downstream) {
            send(closing.write(message(Closing.TYPE)).build(), downstream);
        }

        @Override
        public void fault(String what, NodeId link, String sentence) {
            tally.faults.count("coding", what, link, sentence).ifPresent(RlncNode.this::trace);
        }
    }
}
