package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Payloads;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an algorithm is told of its node at an interval. */
class ReportsTest {
    private final Testbed testbed = Testbed.open();
    private final Node node = testbed.node("node");

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Sets the interval that a custom message names, and keeps what it is told. */
    private static final class Reader extends BasicAlgorithm {
        final Queue<JsonObject> reports = new ConcurrentLinkedQueue<>();
        final Queue<Integer> missed = new ConcurrentLinkedQueue<>();
        private final int padding;

        Reader(int padding) {
            this.padding = padding;
        }

        @Override
        public Disposition process(Message message) {
            switch (message.type()) {
                case MessageType.CUSTOM ->
                    send(
                            message(MessageType.SET_REPORTS)
                                    .params(message.param1(), 0)
                                    .build(),
                            self());
                case MessageType.REPORT -> {
                    assertThat(message.payloadSize()).isLessThanOrEqualTo(Header.MAX_CONTROL_PAYLOAD);
                    missed.add(message.param2());
                    reports.add(Payloads.json(message));
                }
                default -> {
                    return super.process(message);
                }
            }
            return Disposition.DONE;
        }

        @Override
        public JsonObject status() {
            JsonObject status = new JsonObject();
            status.addProperty("padding", "x".repeat(padding));
            return status;
        }
    }

    private void every(int millis) {
        node.tell(
                Message.builder(node.id(), MessageType.CUSTOM).params(millis, 0).build());
    }

    @Test
    void a_report_is_the_nodes_status_and_comes_again() {
        Reader reader = Testbed.serve(node, new Reader(0));
        every(100);
        Await.until("two reports", () -> reader.reports.size() >= 2);
        JsonObject report = reader.reports.peek();
        assertThat(report.get("id").getAsString()).isEqualTo(node.id().toString());
        assertThat(report.keySet()).isEqualTo(node.status().toJson().keySet());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 99, 3_600_001, Integer.MIN_VALUE})
    void another_interval_is_refused_with_the_rule_and_the_value(int millis) {
        Reader reader = Testbed.serve(node, new Reader(0));
        every(millis);
        Await.until("it is refused", () -> !testbed.happened("request.refused").isEmpty());
        assertThat(testbed.happened("request.refused").getFirst().sentence())
                .contains("100 to 3600000 ms, or 0 for none", "" + millis);
        assertThat(Testbed.count(node, "control.refused")).isEqualTo(1);
        assertThat(reader.reports).isEmpty();
    }

    @Test
    void zero_ends_them() {
        Reader reader = Testbed.serve(node, new Reader(0));
        every(100);
        Await.until("a report", () -> !reader.reports.isEmpty());
        every(0);
        Await.until("no report is due", () -> Node.ask(node.node(), () -> !reports()));
        int before = reader.reports.size();
        Await.passes(Duration.ofMillis(250));
        assertThat(reader.reports).hasSize(before);
    }

    private boolean reports() {
        return node.node().slots().all().iterator().next().reports.areOn();
    }

    @Test
    void while_one_waits_no_other_is_made_and_what_is_missed_is_told() {
        Reader reader = Testbed.serve(node, new Reader(0));
        every(100);
        Await.until("a report", () -> !reader.reports.isEmpty());
        node.park(0);
        int before = reader.reports.size();
        Await.passes(Duration.ofMillis(350));
        Reader next = new Reader(0);
        node.exchange(Testbed.candidate(node, 0, next));
        Await.until("the one that waited, and one more", () -> next.reports.size() >= 2);
        assertThat(reader.reports).hasSize(before);
        next.missed.remove();
        assertThat(next.missed.remove()).as("missed while the first waited").isGreaterThanOrEqualTo(1);
    }

    @Test
    void one_that_is_larger_than_a_control_message_goes_without_the_ends_of_its_lists() {
        Reader reader = Testbed.serve(node, new Reader(100_000));
        every(100);
        Await.until("a report", () -> !reader.reports.isEmpty());
        JsonObject report = reader.reports.element();
        assertThat(report.get("omitted").getAsInt()).isEqualTo(1);
        assertThat(report.get("slots")).isEqualTo(new JsonArray());
    }
}
