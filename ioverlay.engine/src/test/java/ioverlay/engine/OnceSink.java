package ioverlay.engine;

import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.Session;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

/** Checks that no message of one source comes twice, in whatever order: routes change while it receives. */
final class OnceSink implements Application {
    private final Content content;
    private final BitSet seen = new BitSet();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong duplicated = new AtomicLong();
    private final AtomicLong corrupt = new AtomicLong();

    OnceSink(Content content) {
        this.content = content;
    }

    @Override
    public void begin(Session session) {
        // Nothing to prepare.
    }

    @Override
    public void consume(Message message) {
        int sequence = Math.toIntExact(message.sequence());
        if (seen.get(sequence)) {
            duplicated.incrementAndGet();
        }
        seen.set(sequence);
        if (!content.matches(message.payload(), sequence)) {
            corrupt.incrementAndGet();
        }
        received.incrementAndGet();
    }

    long received() {
        return received.get();
    }

    long duplicated() {
        return duplicated.get();
    }

    long corrupt() {
        return corrupt.get();
    }
}
