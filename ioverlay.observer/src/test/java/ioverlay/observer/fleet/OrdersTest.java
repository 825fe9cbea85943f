package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of orders when the observer ends. */
class OrdersTest {
    private static final NodeId NODE = NodeId.parse("127.0.0.1:7001");

    private final Bulletin bulletin = new Bulletin(InstantSource.system());
    private final Roll roll = new Roll(InstantSource.system(), System::nanoTime, new Random(7), bulletin);
    private final Orders orders = new Orders(roll, home -> null, bulletin, InstantSource.system());

    @AfterEach
    void close() {
        orders.close();
        bulletin.close();
    }

    private CompletableFuture<JsonElement> swap() {
        JsonObject swap = new JsonObject();
        swap.addProperty("do", "swap");
        return orders.order(NODE, swap, "test");
    }

    @Test
    void what_is_answered_while_the_observer_ends_is_not_a_no_of_the_container() {
        roll.registers(NODE, "a", "one", "");
        orders.close();

        CompletableFuture<JsonElement> answer = swap();
        assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RefusedException.class)
                .hasMessage("the observer ends");
        assertThat(Refusal.of(answer.exceptionNow())).isEqualTo(Refusal.UNREACHABLE);
    }

    @Test
    void what_the_container_says_is_passed_on_as_it_is() {
        roll.registers(NODE, "a", "one", "");

        assertThatThrownBy(() -> swap().get(5, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(RefusedException.class)
                .hasMessage("there is no line to node a 127.0.0.1:7001 now");
    }

    @Test
    void threads_that_take_no_more_work_leave_open_what_happened() {
        RejectedExecutionException end = new RejectedExecutionException("shut down");

        assertThat(Refusal.of(end)).isEqualTo(Refusal.UNREACHABLE);
        assertThat(Refusal.of(new ExecutionException(end))).isEqualTo(Refusal.UNREACHABLE);
        assertThat(Refusal.of(new RefusedException("no", end))).isEqualTo(Refusal.UNREACHABLE);
        assertThat(Refusal.of(new RefusedException("no"))).isEqualTo(Refusal.REFUSED);
    }
}
