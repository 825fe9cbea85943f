package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More calls at once that do not end than there are processors: each holds a carrier, and other nodes go on. */
class ManyStallsTest {
    private static final TurnLimits LIMITS = new TurnLimits(100, 60_000, 60_000, 60_000);

    /** More than were ever lent at first. */
    private static final int STUCK = Runtime.getRuntime().availableProcessors() + 10;

    private static final int PAUSE_MICROS = 10_000;

    @SuppressWarnings("restricted")
    private static final MethodHandle USLEEP = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().find("usleep").orElseThrow(),
                    FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));

    private static final Content CONTENT = Content.of(1_000);

    private final Testbed testbed = Testbed.open(LIMITS);
    private final AtomicInteger stuck = new AtomicInteger();

    /** Volatile: lets all endless loops end, when the test is over. */
    private volatile boolean over;

    @AfterEach
    void close() {
        over = true;
        testbed.close();
    }

    /** Holds its carrier as an endless loop does, in calls of the C library, but leaves the processor to the others. */
    private final class Endless extends BasicAlgorithm {
        @Override
        public Disposition process(Message message) {
            if (message.type() != MessageType.CUSTOM) {
                return super.process(message);
            }
            stuck.incrementAndGet();
            while (!over) {
                sleepOnTheCarrier();
            }
            return Disposition.DONE;
        }

        private static void sleepOnTheCarrier() {
            try {
                USLEEP.invokeExact(PAUSE_MICROS);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void a_new_node_begins_and_works_while_many_calls_do_not_end() {
        for (int i = 0; i < STUCK; i++) {
            Node node = testbed.node("stuck" + i);
            Testbed.serve(node, new Endless());
            node.tell(Message.builder(node.id(), MessageType.CUSTOM).build());
        }
        Await.until("all are stuck", () -> stuck.get() == STUCK);
        long start = System.nanoTime();
        Node next = testbed.node("next");
        Testbed.serve(next, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(next, Testbed.APP, new CheckingSink(CONTENT));
        Node source = testbed.node("source");
        Testbed.serve(source, Forwarder.to(next.id()));
        Testbed.attach(source, Testbed.APP, NumberedSource.of(CONTENT, 100));
        Await.until("data passes", () -> sink.received() == 100);
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
        assertThat(testbed.happened("container.sick")).isEmpty();
    }
}
