package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Member.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever comes where somebody is already. */
@Timeout(60)
class AdmissionTest {
    private static final String A = "127.0.0.1:7001";
    private static final String B = "127.0.0.1:7002";

    private final Switchboard board = new Switchboard(new FleetSettings(2, 100), Optional.empty());
    private final Reception reception;

    AdmissionTest() throws IOException {
        reception = Reception.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), board);
    }

    @AfterEach
    void close() {
        board.close();
        reception.close();
    }

    private Caller caller(String container) throws IOException {
        return Caller.dial(reception.listens(), container, command -> new JsonObject());
    }

    private Member member(String node) {
        return board.member(node).orElseThrow();
    }

    @Test
    void a_node_that_is_live_in_one_container_is_not_taken_over_by_another() throws Exception {
        try (Caller one = caller("one");
                Caller two = caller("two")) {
            one.boot(A, "a");

            assertThatThrownBy(() -> two.boot(A, "thief"))
                    .hasMessage("node 127.0.0.1:7001 is live in another container, 'one' as a");

            assertThat(member(A).home()).isEqualTo("one");
            assertThat(member(A).name()).isEqualTo("a");
            assertThat(board.homes()).hasSize(2);
            assertThat(board.counts().refused()).isEqualTo(1);
            two.gone(A);
            two.boot(B, "b");
            assertThat(member(A).state()).isEqualTo(State.LIVE);

            one.gone(A);
            two.boot(A, "heir");
            assertThat(member(A).home()).isEqualTo("two");
        }
    }

    @Test
    void a_container_whose_id_has_a_line_that_is_alive_is_turned_away() throws Exception {
        try (Caller one = caller("one")) {
            one.boot(A, "a");

            assertThatThrownBy(() -> caller("one"))
                    .hasMessageContaining("the container 'one' has a line already, of process 1 at host")
                    .hasMessageContaining("try again");

            one.boot(B, "b");
            assertThat(member(A).state()).isEqualTo(State.LIVE);
            one.hangUp();
            Await.until("its line has ended", () -> board.homes().isEmpty());
            try (Caller again = caller("one")) {
                again.boot(A, "a");
            }
        }
    }

    @Test
    void who_does_not_answer_any_more_loses_its_place_within_seconds() throws Exception {
        try (Caller dead = caller("dead");
                Caller halfOpen = caller("same")) {
            dead.boot(A, "a");
            dead.boot("127.0.0.1:7003", "c");
            halfOpen.boot(B, "b");
            dead.silent = true;
            halfOpen.silent = true;
            long began = System.nanoTime();

            Thread redialled = Thread.ofVirtual().start(() -> {
                try (Caller same = caller("same")) {
                    same.boot(B, "b again");
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            try (Caller restarted = caller("restarted")) {
                restarted.boot(A, "a");
                redialled.join();

                assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(4));
                assertThat(member(A).home()).isEqualTo("restarted");
                assertThat(member(B).name()).isEqualTo("b again");
                Await.until(
                        "its others are lost", () -> member("127.0.0.1:7003").state() == State.LOST);
                assertThat(member(A).state()).isEqualTo(State.LIVE);
            }
        }
    }

    @Test
    void a_container_without_nodes_is_asked_too_and_bytes_and_answers_are_counted() throws Exception {
        try (Caller one = caller("one")) {
            assertThat(one.heardUpTo).isZero();
            Await.until("it was asked", () -> board.counts().answered() > 1);
            FleetCounts counts = board.counts();
            assertThat(counts.polls()).isBetween(counts.answered(), counts.answered() + 1);
            assertThat(counts.bytesIn()).isGreaterThan(100);
            assertThat(counts.bytesOut()).isGreaterThan(100);
            assertThat(counts.late()).isZero();
        }
    }
}
