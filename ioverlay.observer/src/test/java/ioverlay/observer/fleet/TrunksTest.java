package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container whose line breaks and that is back at once. */
@Timeout(60)
class TrunksTest {
    private static final Frame WELCOME = Frame.of(LineType.WELCOME, 0, new JsonObject());

    private final Trunks trunks = new Trunks();
    private final List<String> order = new CopyOnWriteArrayList<>();

    private static Trunk trunk(Line line) {
        return new Trunk(Opening.of("one", "host", 1, "25", "now"), line, Instant.EPOCH);
    }

    private void enter(Trunk trunk) {
        try {
            assertThat(trunks.enter(trunk, WELCOME)).isEmpty();
            order.add("the next is in");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_was_lost_with_a_line_is_said_before_the_next_of_its_container_is_in() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.ofLiteral("127.0.0.1"));
                Socket far = new Socket(server.getInetAddress(), server.getLocalPort());
                Line line = Line.over(server.accept());
                Line back = Line.over(far)) {
            Trunk first = trunk(line);
            Trunk next = trunk(line);
            trunks.enter(first, WELCOME);
            assertThat(back.readOpening().type()).isEqualTo(LineType.WELCOME);
            CountDownLatch goOn = new CountDownLatch(1);
            CountDownLatch losing = new CountDownLatch(1);
            Thread leaving = Thread.ofPlatform()
                    .start(() -> trunks.leave(first, () -> {
                        losing.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        order.add("its nodes are lost");
                    }));
            losing.await();
            Thread entering = Thread.ofPlatform().start(() -> enter(next));
            Await.until("it waits, or is in", () -> entering.getState() == Thread.State.BLOCKED || !entering.isAlive());
            goOn.countDown();
            leaving.join();
            entering.join();

            assertThat(order).containsExactly("its nodes are lost", "the next is in");
            trunks.leave(first, () -> order.add("lost again"));
            trunks.ifAway("one", () -> order.add("away"));
            assertThat(order).hasSize(2);
            assertThat(trunks.get("one")).isSameAs(next);
        }
    }
}
