package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An observer in a process of its own is killed in the middle of a rollout, and another begins in its directory. */
class RolloutKillTest {
    private static final int CHAINS = 3;
    private static final int LENGTH = 10;
    private static final int BYTES_PER_SECOND = 200_000;
    private static final long LIMIT_S = 60;

    @TempDir
    private Path directory;

    private final class Life implements AutoCloseable {
        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final Thread reader;

        Life(String at) throws IOException {
            process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xshare:auto",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ObserverOfRollouts.class.getName(),
                            directory.resolve("observer").toString(),
                            at)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
            reader = Thread.ofVirtual().name("rollout-kill-test-reader").start(this::read);
        }

        private void read() {
            try (BufferedReader out = process.inputReader()) {
                out.lines().forEach(lines::add);
            } catch (UncheckedIOException | IOException e) {
                lines.add("unread: " + e.getMessage());
            }
        }

        /** The rest of the next line that begins so and is as wanted. */
        String await(String beginning, Predicate<String> wanted) throws Exception {
            while (true) {
                String line = lines.poll(LIMIT_S, TimeUnit.SECONDS);
                assertThat(line).as("%s: %s", beginning, log()).isNotNull();
                if (line.startsWith(beginning) && wanted.test(line.substring(beginning.length()))) {
                    return line.substring(beginning.length());
                }
            }
        }

        JsonObject awaitRollout(Predicate<JsonObject> wanted) throws Exception {
            return json(await("ROLLOUT ", line -> wanted.test(json(line))));
        }

        void say(String line) throws IOException {
            Writer out = process.outputWriter();
            out.write(line + "\n");
            out.flush();
        }

        void request(String line, String status) throws Exception {
            say(line);
            assertThat(await("ANSWER ", any -> true)).startsWith(status);
        }

        /** With SIGKILL; nothing of it is left when this returns. */
        void kill() throws Exception {
            process.destroyForcibly().waitFor();
            reader.join();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private static String state(JsonObject rollout) {
        return rollout.get("state").getAsString();
    }

    private static List<String> states(JsonObject rollout) {
        return rollout.getAsJsonArray("nodes").asList().stream()
                .map(node -> node.getAsJsonObject().get("state").getAsString())
                .toList();
    }

    @Test
    void thirtyNodesUnderLoadAreAllAtTheNewVersionThoughTheObserverWasKilledInTheMiddleAndNoneLostAMessage()
            throws Exception {
        try (LiveContainer container = LiveContainer.with(
                        Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"), Jars.ours("ioverlay.agent"));
                Life first = new Life(Addresses.text(Addresses.ofItsOwn()))) {
            String at = first.await("AT ", any -> true);
            container.configure("ioverlay.agent", Map.of("observer", at));
            Chains chains = Chains.of(container, CHAINS, LENGTH, BYTES_PER_SECOND);
            first.request("POST /api/algorithms " + Jars.relay11(), "201");
            awaitNodes(first);
            first.request(
                    "POST /api/rollouts {\"algorithm\":\"relay\",\"version\":\"1.1.0\",\"canary\":2,\"wave\":7,"
                            + "\"watchSeconds\":1,\"health\":{\"leastThroughput\":0}}",
                    "201");
            // Two waves have switched, the third is under way.
            JsonObject middle = first.awaitRollout(rollout ->
                    states(rollout).stream().filter("switched"::equals).count() >= 9
                            && (states(rollout).contains("swapping")
                                    || states(rollout).contains("watching")));
            first.kill();
            chains.awaitFlow();
            assertThat(state(middle)).isEqualTo("running");
            assertThat(states(middle)).contains("waiting");

            try (Life second = new Life(at)) {
                JsonObject ended =
                        second.awaitRollout(rollout -> !state(rollout).equals("running"));

                assertThat(state(ended)).as("%s%n%s", ended, log()).isEqualTo("completed");
                assertThat(states(ended)).hasSize(CHAINS * LENGTH).containsOnly("switched");
            }
            assertThat(chains.versions()).containsExactly("1.1.0");
            assertThat(chains.switches()).as("each once").isEqualTo(CHAINS * LENGTH);
            chains.awaitFlow();
            chains.drain();
            assertThat(List.of(chains.count("lost"), chains.count("duplicated"), chains.count("reordered")))
                    .containsOnly(0L);
            assertThat(chains.dropped()).isZero();
        }
    }

    private static void awaitNodes(Life life) {
        Await.until("all nodes have registered and said what they run", () -> {
            try {
                life.say("GET /api/algorithms -");
                String answer = life.await("ANSWER 200", any -> true);
                return answer.split("127\\.0\\.0\\.1:", -1).length - 1 == CHAINS * LENGTH;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
