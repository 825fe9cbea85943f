package ioverlay.engine;

import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Session;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Checks what arrives: per originator every sequence number once, in order, with the content that belongs to it. Can be
 * told to consume nothing for a while, or to take its time for each message.
 */
final class CheckingSink implements Application {
    private static final long LOOK_NS = 1_000_000;

    private final Content content;
    private final Map<NodeId, Long> next = new ConcurrentHashMap<>();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong backwards = new AtomicLong();
    private final AtomicLong corrupt = new AtomicLong();

    /** Volatile: set by the test, read by the application's thread. */
    private volatile boolean shut;

    private volatile long pauseNs;
    private volatile boolean ended;

    CheckingSink(Content content) {
        this.content = content;
    }

    /** Consumes nothing from now on, until {@link #reopen}. */
    CheckingSink shut() {
        shut = true;
        return this;
    }

    CheckingSink reopen() {
        shut = false;
        return this;
    }

    /** Takes so long for each message. */
    CheckingSink slow(Duration each) {
        pauseNs = each.toNanos();
        return this;
    }

    @Override
    public void begin(Session session) {
        // Nothing to prepare: the sink looks at nothing but its messages.
    }

    @Override
    public void consume(Message message) {
        while (shut && !ended && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NS);
        }
        if (pauseNs > 0) {
            LockSupport.parkNanos(pauseNs);
        }
        long sequence = message.sequence();
        long expected = next.getOrDefault(message.sender(), 0L);
        if (sequence < expected) {
            backwards.incrementAndGet();
        } else {
            skipped.addAndGet(sequence - expected);
            next.put(message.sender(), sequence + 1);
        }
        if (!content.matches(message.payload(), sequence)) {
            corrupt.incrementAndGet();
        }
        receivedBytes.addAndGet(message.payloadSize());
        received.incrementAndGet();
    }

    @Override
    public void end() {
        ended = true;
    }

    long received() {
        return received.get();
    }

    long receivedBytes() {
        return receivedBytes.get();
    }

    /** Sequence numbers that were passed over. */
    long skipped() {
        return skipped.get();
    }

    /** Messages that came again or late. */
    long backwards() {
        return backwards.get();
    }

    /** Messages of the wrong size or content. */
    long corrupt() {
        return corrupt.get();
    }

    /** For assertions: {@code "n received, 0 skipped, 0 backwards, 0 corrupt"}. */
    String account() {
        return received() + " received, " + skipped() + " skipped, " + backwards() + " backwards, " + corrupt()
                + " corrupt";
    }

    /** The account of a sink that got everything. */
    static String intact(long messages) {
        return messages + " received, 0 skipped, 0 backwards, 0 corrupt";
    }
}
