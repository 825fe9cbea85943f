package ioverlay.algo.coding.rlnc;

import ioverlay.algo.coding.codec.Shape;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** One stream at one node: its generations that somebody still needs. */
final class Strand {
    /** The fewest generations that there is room for. */
    static final int LEAST_GENERATIONS = 4;

    /** A generation so far behind or ahead is nothing that an honest neighbour sends. */
    private static final int FAR = 1 << 16;

    private static final long PAUSE_NS = 1_000_000_000;
    private static final int TICKS_PER_QUIET_REPORT = 16;

    private final StreamId stream;
    private final long session;
    private final Site site;
    private final Memory memory;
    private final NavigableMap<Integer, Generation> generations = new TreeMap<>();
    private final MemorySegment scratch;
    private final Optional<Packer> packer;
    private Optional<Delivery> delivery;
    private final Intake intake;
    private final Pusher pusher;
    private int first;
    private int due;
    private long heardNs;
    private long ticks;

    /**
     * A stream of which nothing is there.
     *
     * @param isSource whether this node is where it comes from
     * @param first its first generation that counts
     */
    Strand(StreamId stream, long session, Shape shape, boolean isSource, int first, Site site) {
        this.stream = stream;
        this.session = session;
        this.site = site;
        this.first = first;
        due = first;
        heardNs = site.nowNs();
        boolean delivers = !isSource && site.settings().deliver();
        memory = new Memory(shape, session, site.settings(), delivers);
        scratch = Shape.rows(1, shape.vectorBytes())[0];
        packer = isSource ? Optional.of(new Packer(shape)) : Optional.empty();
        delivery = delivers ? Optional.of(new Delivery(stream, site, first)) : Optional.empty();
        intake = new Intake(this, site);
        pusher = new Pusher(this, site);
    }

    StreamId stream() {
        return stream;
    }

    long session() {
        return session;
    }

    Shape shape() {
        return memory.shape();
    }

    /** Whether the memory that is allowed is enough for such generations. */
    boolean hasRoom() {
        return memory.room() >= LEAST_GENERATIONS;
    }

    boolean isSource() {
        return packer.isPresent();
    }

    /** The first generation that this node can still say something about. */
    int first() {
        return first;
    }

    /** The first that is not complete. */
    int due() {
        return due;
    }

    /** Those that are there, by their numbers. */
    Collection<Generation> generations() {
        return generations.values();
    }

    Pusher pusher() {
        return pusher;
    }

    Intake intake() {
        return intake;
    }

    boolean isIdle() {
        return site.nowNs() - heardNs >= PAUSE_NS;
    }

    /** Whether there is anything left to do. */
    boolean isUnfinished() {
        return !generations.isEmpty()
                || intake.isUntold()
                || packer.filter(Packer::isOpen).isPresent();
    }

    // ---- at the source

    /** Takes a message of the node's own application. */
    void produce(Message message) {
        heardNs = site.nowNs();
        packer.orElseThrow().add(message, this::block);
        advance(site.self());
    }

    private void block(byte[] block) {
        Generation generation = generations.get(due);
        if (generation == null) {
            makeRoom();
            generation = memory.take(due);
            generations.put(due, generation);
        }
        MemorySegment vector = generation.add(block, scratch);
        pusher.passOn(generation, vector, true);
        if (generation.isComplete()) {
            complete(generation);
        }
    }

    /** Nothing can slow the application down: what is too much is lost, and counted. */
    private void makeRoom() {
        if (generations.size() >= memory.room()) {
            memory.giveBack(generations.pollFirstEntry().getValue());
            site.tally().expired++;
            first = generations.isEmpty() ? due : generations.firstKey();
        }
    }

    private void flush() {
        if (packer.filter(Packer::isOpen).isPresent()
                && site.nowNs() - heardNs >= site.settings().flush().toNanos()) {
            packer.get().end(this::block);
            Generation open = generations.get(due);
            if (open != null && open.close(open.arrived(), scratch)) {
                announce(open);
                complete(open);
            }
        }
    }

    private void complete(Generation generation) {
        site.tally().generations++;
        pusher.completed(generation);
        if (isSource()) {
            due++;
        } else {
            site.tally().minimum += generation.used();
        }
    }

    private void announce(Generation closed) {
        pusher.nodes().forEach(to -> announce(closed, to));
    }

    private void announce(Generation closed, Downstream to) {
        if (!to.isGone()) {
            site.announce(new Closing(stream, session, closed.number(), closed.used()), to.node());
        }
    }

    // ---- elsewhere

    /** A node before this one has said where a generation ends. */
    void closed(Closing closing, NodeId from) {
        int number = closing.generation();
        boolean isMeant = !isSource() && closing.session() == session && closing.used() >= 1;
        if (!isMeant || closing.used() >= shape().blocks() || number < due || number - first >= memory.room()) {
            return;
        }
        Generation generation = generations.get(number);
        if (generation == null) {
            generation = memory.take(number);
            generations.put(number, generation);
        }
        if (generation.used() == closing.used()) {
            return;
        }
        if (!generation.close(closing.used(), scratch)) {
            site.fault("contradicted", from, "generation " + number + " with other blocks than before");
            return;
        }
        announce(generation);
        if (generation.isComplete()) {
            complete(generation);
            advance(from);
            intake.report(true);
        }
    }

    /**
     * Takes a packet of this stream in.
     *
     * @return whether it is genuine
     */
    boolean receive(Packet packet, Message message) {
        int number = packet.generation();
        if (!packet.shape().equals(shape())) {
            site.fault("contradicted", message.from(), "a generation of another size than those before");
            return false;
        }
        if (Math.abs((long) number - first) >= FAR) {
            site.fault("far", message.from(), "generation " + number + ", far from " + first + ", which is due");
            return false;
        }
        site.tally().received++;
        if (number < first) {
            site.tally().late++;
            intake.came(packet, message.from());
            return true;
        }
        if (number - first >= memory.room()) {
            site.tally().ahead++;
            intake.came(packet, message.from());
            advance(message.from());
            return true;
        }
        MemorySegment vector = Packet.vector(message);
        Generation known = generations.get(number);
        if (!(known == null ? memory.checksum(number).holds(vector) : known.isGenuine(vector))) {
            site.fault("corrupt", message.from(), "a vector of generation " + number + " that is no combination");
            return false;
        }
        intake.came(packet, message.from());
        Generation generation = known == null ? memory.take(number) : known;
        generations.put(number, generation);
        generation.heard(message.from(), packet.sent(), site.nowNs());
        return takeIn(generation, packet, vector, message.from());
    }

    private boolean takeIn(Generation generation, Packet packet, MemorySegment vector, NodeId from) {
        boolean wasComplete = generation.isComplete();
        int used = generation.used();
        if (!generation.close(packet.used(), scratch)) {
            site.fault("contradicted", from, "generation " + generation.number() + " with other blocks than before");
            return false;
        }
        if (used != generation.used()) {
            announce(generation);
        }
        if (generation.add(vector)) {
            heardNs = site.nowNs();
            site.tally().innovative++;
            pusher.passOn(generation, vector, isPlain(vector));
        }
        boolean isNew = generation.isComplete() && !wasComplete;
        if (isNew) {
            complete(generation);
        }
        advance(from);
        if (isNew) {
            intake.report(true);
        }
        return true;
    }

    private boolean isPlain(MemorySegment vector) {
        int there = 0;
        for (int place = 0; place < shape().blocks() && there < 2; place++) {
            there += vector.get(ValueLayout.JAVA_BYTE, place) == 0 ? 0 : 1;
        }
        return there == 1;
    }

    // ---- what follows from that

    /** Delivers what can be, and forgets what nobody needs any longer. */
    private void advance(NodeId link) {
        int floor = isSource() ? first : intake.floor();
        if (floor > due) {
            generations.headMap(floor).values().removeIf(generation -> !generation.isComplete());
        }
        delivery.ifPresent(to -> deliver(to, floor, link));
        while (!isSource() && isThrough(due, floor)) {
            due++;
        }
        while (isNeedless(first, floor)) {
            Generation gone = generations.remove(first);
            if (gone != null) {
                memory.giveBack(gone);
            }
            first++;
            int kept = first;
            pusher.nodes().forEach(to -> to.forget(kept));
        }
    }

    private void deliver(Delivery to, int floor, NodeId link) {
        boolean goesOn = true;
        while (goesOn) {
            Generation next = generations.get(to.generation());
            if (next != null) {
                goesOn = to.advance(next, link);
            } else if (to.generation() < floor) {
                to.skip();
                site.tally().skipped++;
            } else {
                goesOn = false;
            }
        }
    }

    private boolean isThrough(int number, int floor) {
        Generation generation = generations.get(number);
        return generation == null ? number < floor : generation.isComplete();
    }

    private boolean isNeedless(int number, int floor) {
        Generation generation = generations.get(number);
        if (generation == null) {
            return number < floor && number < due;
        }
        return generation.isComplete()
                && delivery.filter(to -> to.generation() <= number).isEmpty()
                && pusher.isDone(number);
    }

    /** A node after this one has said what it has. */
    void reported(Report report, NodeId from) {
        Downstream to = pusher.node(from);
        if (to != null && report.session() == session) {
            to.report(report, site.nowNs());
            generations.values().stream().filter(to::misses).forEach(closed -> announce(closed, to));
            pusher.repair(to);
            advance(from);
        }
    }

    /** It is time to look for what is missing. */
    void tick() {
        ticks++;
        flush();
        pusher.nodes().forEach(pusher::repair);
        advance(site.self());
        boolean isMissing = !isSource() && due <= (generations.isEmpty() ? -1 : generations.lastKey());
        if (isMissing ? !isIdle() || ticks % TICKS_PER_QUIET_REPORT == 0 : intake.isUntold()) {
            intake.report(isMissing);
        }
    }

    // ---- over a swap

    void write(DataOutputStream out) throws IOException {
        out.writeInt(due);
        if (isSource()) {
            byte[] rest = packer.get().rest();
            out.writeInt(rest.length);
            out.write(rest);
        }
        out.writeBoolean(delivery.isPresent());
        if (delivery.isPresent()) {
            delivery.get().write(out);
        }
        intake.write(out);
        pusher.write(out);
        out.writeInt(generations.size());
        for (Generation generation : generations.values()) {
            generation.write(out);
        }
    }

    void read(DataInputStream in) throws IOException {
        due = in.readInt();
        byte[] rest = isSource() ? in.readNBytes(in.readInt()) : new byte[0];
        if (in.readBoolean()) {
            Delivery there = new Delivery(stream, site, first);
            there.read(in);
            delivery = delivery.map(now -> there);
        }
        intake.read(in);
        pusher.read(in);
        for (int left = in.readInt(); left > 0; left--) {
            Generation generation = memory.take(in.readInt());
            generation.read(in);
            generations.put(generation.number(), generation);
        }
        packer.ifPresent(there -> there.restore(
                generations.containsKey(due) ? generations.get(due).arrived() : 0, rest));
    }
}
