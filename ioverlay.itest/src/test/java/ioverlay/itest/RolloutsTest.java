package ioverlay.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.itest.algorithms.Silent;
import ioverlay.itest.algorithms.Throwing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts to real nodes in a real container, over a real line, under traffic. */
class RolloutsTest {
    private static final long LIMIT_S = 60;
    private static final int BYTES_PER_SECOND = 200_000;

    /** What else the machine does counts into what is measured: it holds if it held once. */
    private static final int ROUNDS = 3;

    @TempDir
    private Path directory;

    private final BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
    private LiveContainer container;
    private ObserverOfRollouts observer;
    private Chains chains;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(
                Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"), Jars.ours("ioverlay.agent"));
        observer = new ObserverOfRollouts(directory.resolve("observer"), told::add);
        container.configure(
                "ioverlay.agent", Map.of("observer", observer.listens().toString()));
        chains = Chains.of(container, 2, 4, BYTES_PER_SECOND);
        Await.until("all nodes have registered", () -> observer.nodes() == 8);
    }

    @AfterEach
    void stop() throws Exception {
        observer.close();
        container.close();
    }

    private void upload(Path bundle) throws IOException {
        assertThat(observer.request("POST", "/api/algorithms", Files.readAllBytes(bundle)))
                .startsWith("201 ");
    }

    private void start(String version, double shadowSeconds) throws IOException {
        start(version, shadowSeconds, 0); // a machine that stands still for a moment sends nothing either
    }

    private void start(String version, double shadowSeconds, double leastThroughput) throws IOException {
        String plan = "{\"algorithm\":\"relay\",\"version\":\"" + version + "\",\"canary\":2,\"wave\":3,"
                + "\"watchSeconds\":1,\"health\":{\"failures\":3,\"leastThroughput\":" + leastThroughput
                + "},\"shadowSeconds\":" + shadowSeconds + "}";
        assertThat(observer.request("POST", "/api/rollouts", plan.getBytes(UTF_8)))
                .startsWith("201 ");
    }

    private JsonObject end() throws InterruptedException {
        while (true) {
            JsonObject last = told.poll(LIMIT_S, TimeUnit.SECONDS);
            assertThat(last).as("a rollout moves").isNotNull();
            if (!List.of("running", "paused", "returning")
                    .contains(last.get("state").getAsString())) {
                return last;
            }
        }
    }

    private static List<String> states(JsonObject rollout) {
        return rollout.getAsJsonArray("nodes").asList().stream()
                .map(node -> node.getAsJsonObject().get("state").getAsString())
                .distinct()
                .toList();
    }

    @Test
    void aVersionGoesOverWaveAfterWaveUnderTrafficAndNothingIsLost() throws Exception {
        upload(Jars.relay11());
        start("1.1.0", 0.5);

        JsonObject ended = end();

        assertThat(ended.get("state").getAsString()).as(ended.toString()).isEqualTo("completed");
        assertThat(shadows("ended")).as("of the canaries").isEqualTo(2);
        assertThat(ended.getAsJsonArray("waves")).hasSize(3);
        assertThat(states(ended)).containsExactly("switched");
        assertThat(chains.versions()).containsExactly("1.1.0");
        assertNothingIsLost();
        JsonObject algorithms = JsonParser.parseString(
                        observer.request("GET", "/api/algorithms", new byte[0]).substring(4))
                .getAsJsonObject();
        assertThat(algorithms.toString()).contains("\"name\":\"relay\"", "\"version\":\"1.0.0\"");
    }

    @Test
    void anAbortEndsTheShadowsItBeganAndTheNextRolloutHasItsOwn() throws Exception {
        upload(Jars.relay11());
        start("1.1.0", 3600);
        Await.until("both canaries have a shadow", () -> shadows("started") == 2);
        assertThat(observer.request("POST", "/api/rollouts/1/abort", new byte[0]))
                .startsWith("200 ");
        JsonObject ended = end();
        assertThat(ended.get("state").getAsString()).as(ended.toString()).isEqualTo("aborted");
        assertThat(states(ended)).containsExactly("waiting");
        assertThat(shadows("ended")).isEqualTo(2);

        start("1.1.0", 0.3);
        Await.until("both have another", () -> shadows("started") == 4);
        observer.request("POST", "/api/rollouts/2/abort", new byte[0]);
        assertThat(end().get("state").getAsString()).isEqualTo("aborted");
        assertThat(chains.versions()).containsExactly("1.0.0");
    }

    private long shadows(String what) {
        return container.events().recent().stream()
                .filter(event -> event.kind().equals("shadow." + what))
                .count();
    }

    @Test
    void aVersionThatSendsNothingGoesBackForItsThroughputAsItWasMeasured() throws Exception {
        upload(TestBundle.of("test.silent", "1.9.0")
                .algorithm("relay", Silent.class)
                .write(directory));
        List<Double> before = new ArrayList<>();
        do {
            before.add(returnedForItsThroughput());
        } while (!isAsMeasured(before.getLast()) && before.size() < ROUNDS);
        assertThat(before)
                .as("bytes per second before a switch, in one of the rounds")
                .anyMatch(RolloutsTest::isAsMeasured);
    }

    private static boolean isAsMeasured(double bytesPerSecond) {
        return Math.abs(bytesPerSecond - BYTES_PER_SECOND) <= 0.15 * BYTES_PER_SECOND;
    }

    /** What it says that was sent before the switch. */
    private double returnedForItsThroughput() throws Exception {
        start("1.9.0", 0, 0.5);

        JsonObject ended = end();

        assertThat(ended.get("state").getAsString()).as(ended.toString()).isEqualTo("returned");
        Matcher sentence = Pattern.compile(
                        "node c\\d-0\\d .*, slot 7: it sends (\\d+) bytes/s, and (\\d+) before its switch;"
                                + " 0.50 of that is the least; .* back")
                .matcher(ended.get("sentence").getAsString());
        assertThat(sentence.matches()).as(ended.toString()).isTrue();
        assertThat(Long.parseLong(sentence.group(1))).isZero();
        assertThat(chains.versions()).containsExactly("1.0.0");
        chains.awaitFlow();
        return Double.parseDouble(sentence.group(2));
    }

    private void assertNothingIsLost() {
        chains.awaitFlow();
        chains.drain();
        assertThat(List.of(chains.count("lost"), chains.count("duplicated"), chains.count("reordered")))
                .containsOnly(0L);
        assertThat(chains.dropped()).isZero();
    }

    @Test
    void aVersionThatThrowsIsBackAtEveryNodeThatWasTouchedAndTheSentenceSaysWhy() throws Exception {
        upload(TestBundle.of("test.throwing", "1.9.0")
                .algorithm("relay", Throwing.class)
                .write(directory));
        start("1.9.0", 0);

        JsonObject ended = end();

        assertThat(ended.get("state").getAsString()).as(ended.toString()).isEqualTo("returned");
        assertThat(ended.get("sentence").getAsString())
                .matches("node c\\d-0\\d .*, slot 7: .*this version cannot take data.* back");
        assertThat(states(ended)).contains("returned", "waiting");
        assertThat(chains.versions()).containsExactly("1.0.0");
        assertNothingIsLost();
    }
}
