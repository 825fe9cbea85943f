package ioverlay.engine;

import ioverlay.io.memory.Run;
import ioverlay.io.memory.Slab;
import ioverlay.io.wire.Credit;
import ioverlay.traffic.meter.Meter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one link for one application, and the credit that the receiver has given it.
 *
 * <p><b>Threads:</b> the turn; {@link #credit} from the poller.
 */
final class Outbox extends Box {
    final OutLink link;
    private final int application;
    private int capacityBytes;
    final ArrayDeque<Run> runs = new ArrayDeque<>();
    final Feeders feeders = new Feeders(this);

    /** How the last of its sources ended, and when the slot's grace is over; see {@link Domino}. */
    int ending;

    long dueNs;
    boolean graced;

    /** SOURCE_GONE was said behind the last message so far. */
    boolean gone;

    /** For {@link OutWatch}: what was sent when it looked last, since when, and whether that was said. */
    long lookedBytes;

    long restSinceNs;
    boolean quiet;

    private long queuedBytes;
    private long sentBytes;

    /** Of runs that left whole. */
    private long sentMessages;

    /** Over all that {@link #sentBytes} and {@link #sentMessages} count. */
    final Meter meter = new Meter();

    private long messages;
    private long bytes;
    private long forgotten;

    /** Volatile: the poller writes what the receiver allows, the turn reads it. */
    private volatile long limitBytes;

    private volatile long takenBytes;
    private volatile long takenMessages;

    /** Volatile: the turn says that it stopped for want of credit; it then looks at the limit once more. */
    private volatile boolean starved;

    /** How the {@link Exit} sees it. */
    boolean leaving;

    long deficitBytes;

    Outbox(OutLink link, int application, int capacityBytes, long limitBytes) {
        this.link = link;
        this.application = application;
        this.capacityBytes = capacityBytes;
        this.limitBytes = limitBytes;
    }

    int application() {
        return application;
    }

    @Nullable Wire wire() {
        return link.wire();
    }

    /** How much it may hold: a message begins to wait when so much waits before it. */
    void capacity(int bytesAtMost) {
        capacityBytes = bytesAtMost;
    }

    @Override
    boolean hasRoom() {
        return queuedBytes < capacityBytes;
    }

    @Override
    void append(Slab slab, int at, int length) {
        Run last = runs.peekLast();
        if (last == null || !last.extend(slab, at, length)) {
            runs.addLast(new Run(slab, at, length));
        }
        queuedBytes += length;
        bytes += length;
        messages++;
        link.touched();
    }

    /** Appends BYE, which nobody acknowledges: it is not counted, else each graceful end would count as a loss. */
    void appendBye(Slab slab, int at, int length) {
        append(slab, at, length);
        messages--;
        bytes -= length;
    }

    /** Bytes that may be written now: more than 0 means that at least one message may begin. */
    long credit() {
        long left = limitBytes - sentBytes;
        if (left <= 0) {
            starved = true;
            left = limitBytes - sentBytes; // set first, read again: else a credit in between would be slept through
            if (left > 0) {
                starved = false;
            }
        }
        return left;
    }

    /** The first credit, when the link opens. */
    void open(long limit) {
        limitBytes = limit;
    }

    /** The receiver's word, on the poller's thread; true if the turn waits for it. */
    boolean credit(Credit credit) {
        takenBytes = credit.takenBytes();
        takenMessages = credit.takenMessages();
        limitBytes = Math.max(limitBytes, credit.limitBytes());
        if (starved) {
            starved = false;
            return true;
        }
        return false;
    }

    /** The first {@code written} bytes of the runs have left. */
    void written(long written) {
        queuedBytes -= written;
        sentBytes += written;
        long left = written;
        while (left > 0) {
            Run first = runs.getFirst();
            if (first.bytes() <= left) {
                left -= first.bytes();
                sentMessages += first.messages();
                runs.removeFirst();
                first.slab.release();
            } else {
                first.from += (int) left;
                left = 0;
            }
        }
    }

    /** The first message is lost on purpose: it counts as never sent. */
    void lose(int length) {
        messages--;
        bytes -= length;
        sentBytes -= length; // which written counts
        sentMessages--;
        written(length);
    }

    /** Drops what was not written, but for the rest of a message that was cut. */
    void forgetUnsent(boolean cut) {
        forgotten += abandon();
        Run first = runs.peekFirst();
        if (cut && first != null) {
            first.to = first.boundary(0);
        }
        while (runs.size() > (cut ? 1 : 0)) {
            runs.removeLast().slab.release();
        }
        queuedBytes = cut && first != null ? first.bytes() : 0;
    }

    /** Lets everything go; how many messages are not known to have been taken, those that waited included. */
    long fail() {
        feeders.clear();
        forgotten += abandon();
        for (Run run : runs) {
            run.slab.release();
        }
        runs.clear();
        queuedBytes = 0;
        return messages - acknowledged() + forgotten;
    }

    /** Messages that the receiver says it has taken; it may say what it likes. */
    long acknowledged() {
        return Math.clamp(takenMessages, 0L, messages);
    }

    /** After {@link #fail}: how many bytes those messages have. */
    long lostBytes() {
        return bytes - Math.clamp(takenBytes, 0L, bytes) + abandonedBytes();
    }

    /** Whether it serves nobody any more. */
    boolean isGone() {
        return gone && feeders.isEmpty();
    }

    long queuedBytes() {
        return queuedBytes;
    }

    long unacknowledgedBytes() {
        return sentBytes - Math.clamp(takenBytes, 0L, sentBytes);
    }

    /** Bytes that were written. */
    long sentBytes() {
        return sentBytes;
    }

    /** Messages that were written to their last byte. */
    long sentMessages() {
        Run first = runs.peekFirst();
        return first == null ? sentMessages : sentMessages + first.messagesGone();
    }

    /** All that it was given. */
    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    boolean isDrained() {
        return runs.isEmpty() && !isAwaited();
    }
}
