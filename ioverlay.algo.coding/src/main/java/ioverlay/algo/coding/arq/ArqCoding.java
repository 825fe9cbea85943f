package ioverlay.algo.coding.arq;

import ioverlay.algo.coding.arq.Arrivals.Verdict;
import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Store and forward with retransmission, and no coding: what random linear coding over links that lose data is compared with.
 *
 * <p><b>Behaviour:</b> each message goes to all of {@code next}, but for those that have it already, at once and whether or
 * not earlier ones are missing, and is kept until they have said so. A receiver says to all whose links bring a stream which
 * numbers it has, after {@code reportMillis} at the latest. What was sent before something that has come since is sent again
 * at once (RFC 8985), and else what nobody has acknowledged for {@code retryMillis} or two round trips, then for twice that, up
 * to 32 times. Several neighbours that serve one node do not share the work. The application gets all messages in the order of
 * their numbers, which the source gives one by one.
 *
 * <p><b>Settings:</b>
 *
 * <ul>
 *   <li>{@code next}: where it sends; default {@code []}. At most 100 nodes, each once; circles are borne
 *   <li>{@code deliver}: whether the local application gets the data; default {@code true}. A source's never does
 *   <li>{@code reportMillis}: 1 to 10,000, default 20, and {@code retryMillis}: 10 to 60,000, default 500
 *   <li>{@code waitMillis}: how long a message is kept for who does not acknowledge it, and waits for one that is missing before
 *       it; 10 to 600,000, default 30,000
 * </ul>
 *
 * <p><b>Status:</b> data messages that it {@code received} over links, of these {@code innovative}, the others were there
 * already; {@code minimum}, the same number; {@code overhead}: received / minimum; {@code packets} sent, of these
 * {@code repairs} again; {@code messages} and {@code bytes} delivered (headers included); {@code skipped} numbers that did not
 * come in time; {@code expired}: messages for which there was no time or room any longer; {@code kept} now; {@code faults}:
 * what was wrong, from whom.
 *
 * <p><b>Bounds:</b> 8 originators at a time; a message 65,536 or more beyond the first that is missing is refused, unless
 * nothing else came for {@code waitMillis}. What is kept is bounded by what the slot may hold, and beyond that 64 MiB of copies
 * for each originator.
 */
@AlgorithmType("coding.arq")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class ArqCoding extends ArqNode {
    private static final int TICK = 1;
    private static final long MOST_COPIED_BYTES = 64 << 20;
    private static final int REPORT_EVERY = 64;

    /** What was lost comes after a source has ended, too. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Set<NodeId> full = new HashSet<>();
    private boolean isTicking;
    private int sinceReport;

    @Override
    public void begin(Place place) {
        super.begin(place);
        grace(GRACE);
    }

    @Override
    public Disposition process(Message message) {
        boolean isData = !MessageType.isControl(message.type());
        allowance().begin(isData);
        if (isData) {
            return data(message);
        }
        switch (message.type()) {
            case Receipt.TYPE -> receipt(message);
            case MessageType.TIMER -> tick();
            case MessageType.HOLD_EXPIRED -> message.subject().ifPresent(this::expired);
            case MessageType.SEND_REFUSED -> message.subject().ifPresent(subject -> refused(peer(message), subject));
            case MessageType.ROOM -> {
                full.clear();
                streams().forEach(this::repair);
            }
            case MessageType.NODE_FAILED -> streams().forEach(stream -> stream.forget(peer(message)));
            case MessageType.SOURCE_FAILED -> {
                if (message.param2() == 0) {
                    streams().forEach(stream -> stream.arrivals().end());
                }
            }
            default -> {
                return super.process(message);
            }
        }
        return Disposition.DONE;
    }

    // ---- data

    private Disposition data(Message message) {
        long number = message.sequence();
        Stream stream = stream(message);
        boolean isOwn = message.from().equals(self());
        Verdict verdict = stream.arrivals().judge(number);
        if (verdict == Verdict.FAR) {
            fault("far", message.from(), "the number " + number + ", far from what is due");
            return Disposition.DONE;
        }
        if (verdict == Verdict.NEW) {
            stream.arrivals().mark(number, isOwn, now());
        }
        if (!isOwn) {
            tally().received++;
            stream.came(message.from(), number);
            if (++sinceReport >= REPORT_EVERY) {
                report(stream);
            }
        }
        startTicking();
        if (verdict == Verdict.REPEATED) {
            return Disposition.DONE;
        }
        tally().innovative += isOwn ? 0 : 1;
        Stored stored = new Stored(
                message,
                false,
                now(),
                forward(message, stream),
                isOwn || !settings().deliver());
        stream.keep(stored);
        deliverInOrder(stream);
        stream.settle(stored);
        return stream.kept(number).filter(stored::equals).isPresent() ? Disposition.HOLD : Disposition.DONE;
    }

    /** Sends a message to all that may not have it. */
    private Set<NodeId> forward(Message message, Stream stream) {
        Set<NodeId> open = new LinkedHashSet<>();
        for (NodeId next : settings().next()) {
            Lane lane = stream.lane(next);
            if (!next.equals(message.from()) && !next.equals(message.sender()) && lane.wants(message.sequence())) {
                open.add(next);
                lane.sent(message.sequence(), now());
            }
        }
        send(message, open.toArray(NodeId[]::new));
        tally().packets += open.size();
        return open;
    }

    private void deliverInOrder(Stream stream) {
        Arrivals here = stream.arrivals();
        for (var stored = stream.kept(here.next());
                stored.isPresent() && allowance().isLeft();
                stored = stream.kept(here.next())) {
            here.delivered();
            if (!stored.get().isDelivered()) {
                deliver(stored.get().message());
                allowance().spend(stored.get().message());
                tally().messages++;
                tally().bytes += size(stored.get().message());
                stored.get().delivered();
            }
            stream.settle(stored.get());
        }
    }

    // ---- receipts and repairs

    private void report(Stream stream) {
        sinceReport = 0;
        for (NodeId upstream : stream.unreported()) {
            send(message(Receipt.TYPE).payload(stream.report(upstream).write()).build(), upstream);
        }
    }

    private void receipt(Message message) {
        Receipt receipt;
        try {
            receipt = Receipt.read(message.payload());
        } catch (IllegalArgumentException e) {
            fault("malformed", message.from(), String.valueOf(e.getMessage()));
            return;
        }
        Optional<Stream> known = known(receipt.originator());
        if (!settings().next().contains(message.from())) {
            fault("unexpected", message.from(), "a receipt of a node that nothing is sent to");
        } else if (known.isPresent()) {
            Stream stream = known.get();
            stream.lane(message.from()).acknowledged(receipt, now(), number -> stream.done(message.from(), number));
            repair(stream);
        }
    }

    private void repair(Stream stream) {
        stream.lanes().forEach((neighbour, lane) -> {
            for (long number : full.contains(neighbour) ? List.<Long>of() : lane.lost()) {
                if (allowance().isLeft()) {
                    stream.kept(number).ifPresent(stored -> {
                        send(stored.message(), neighbour);
                        allowance().spend(stored.message());
                        lane.sent(number, now());
                        tally().packets++;
                        tally().repairs++;
                    });
                }
            }
        });
    }

    private void refused(NodeId destination, Message subject) {
        if (!MessageType.isControl(subject.type())) {
            full.add(destination);
            tally().packets--;
            known(subject.sender()).ifPresent(stream -> stream.lane(destination).refused(subject.sequence()));
        } else if (subject.type() == Receipt.TYPE) {
            known(Receipt.read(subject.payload()).originator()).ifPresent(stream -> stream.reportAgain(destination));
        }
    }

    // ---- time and room

    private void startTicking() {
        if (!isTicking) {
            isTicking = true;
            timer(TICK, settings().report(), settings().report());
        }
    }

    private void tick() {
        for (Stream stream : streams()) {
            report(stream);
            stream.lanes()
                    .values()
                    .forEach(lane -> lane.lookForLate(settings().retry().toNanos(), now()));
            repair(stream);
            giveUp(stream);
            deliverInOrder(stream);
        }
        if (streams().stream().allMatch(Stream::isIdle)) {
            isTicking = false;
            cancelTimer(TICK);
        }
    }

    private void giveUp(Stream stream) {
        long patienceNs = settings().patience().toNanos();
        stream.firstWaiting()
                .filter(first -> first.isOlderThan(patienceNs, now()))
                .ifPresent(first -> tally().skipped +=
                        stream.arrivals().skipTo(first.message().sequence()));
        deliverInOrder(stream);
        for (Stored stored : stream.allOlderThan(patienceNs, now())) {
            if (stored.isDelivered()) {
                tally().expired++;
                stream.drop(stored);
            }
        }
    }

    /** The slot holds more than it may, and the engine takes the oldest back: it is copied as long as there is room. */
    private void expired(Message message) {
        known(message.sender()).ifPresent(stream -> expired(message, stream));
    }

    private void expired(Message message, Stream stream) {
        boolean hasRoom = stream.copiedBytes() + size(message) <= MOST_COPIED_BYTES;
        stream.kept(message.sequence()).filter(stored -> !stored.isCopy()).ifPresent(stored -> {
            if (hasRoom) {
                stream.keep(stored.copied());
            } else {
                tally().expired++;
                stream.drop(stored);
            }
        });
    }

    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        if (!streams().isEmpty()) {
            startTicking();
        }
    }
}
