package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.SwapPhase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container that is killed with SIGKILL, again and again, and each time begins again in the same data directory: all
 * nodes are back at their ports, each slot runs what the journal says, and that is what was answered last or what was being
 * asked for.
 */
@Tag("processes")
final class KillTest {
    private static final int RANDOM_KILLS = 50;
    private static final int LATEST_KILL_MS = 30;

    /** Lines in which a container asks for swaps and hears of them; then it is killed at any moment. */
    private static final int MOST_WORDS = 9;

    private static final long LIFE_LIMIT_S = 60;

    @TempDir
    private Path directory;

    private Path data;
    private Path temporary;

    /** What the last container was told to do again, and what it had answered; empty if nothing was. */
    private List<String> answered = List.of();

    private String before = "";

    @BeforeEach
    void prepare() throws IOException {
        data = directory.resolve("data");
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    private final class Life implements AutoCloseable {
        private final Process process;
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final Thread reader;

        Life(String stillAt) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-Xmx256m",
                    "-Djava.io.tmpdir=" + temporary,
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Victim.class.getName(),
                    data.toString(),
                    stillAt));
            if (!answered.isEmpty()) {
                command.addAll(answered.subList(1, 4));
            }
            process = new ProcessBuilder(command)
                    .redirectError(directory.resolve("log").toFile())
                    .start();
            reader = Thread.ofVirtual().name("kill-test-reader").start(this::read);
        }

        private void read() {
            try (BufferedReader out = process.inputReader()) {
                out.lines().forEach(lines::add);
            } catch (UncheckedIOException | IOException e) {
                lines.add("unread: " + e.getMessage());
            }
        }

        /** Waits for a line; what is still to come after a kill is then there too. */
        String await(String beginning) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIFE_LIMIT_S);
            while (System.nanoTime() - deadline < 0) {
                List<String> found = all(beginning);
                if (!found.isEmpty()) {
                    return found.getFirst();
                }
                assertThat(process.isAlive() || reader.isAlive())
                        .as("it says %s; it said %s and%n%s", beginning, lines, log())
                        .isTrue();
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
            throw new AssertionError("no line " + beginning + ": " + lines + "\n" + log());
        }

        void awaitWords(int most) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIFE_LIMIT_S);
            while (all("ASK").size() + all("DONE").size() < most) {
                assertThat(System.nanoTime() - deadline)
                        .as("%s and%n%s", lines, log())
                        .isNegative();
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }

        List<String> switched() {
            return all("DONE").stream()
                    .filter(line -> line.contains(" SWITCHED "))
                    .toList();
        }

        List<String> all(String beginning) {
            synchronized (lines) {
                return lines.stream().filter(line -> line.startsWith(beginning)).toList();
            }
        }

        void kill() throws Exception {
            process.destroyForcibly();
            process.waitFor();
            reader.join();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    /** Begins again, compares what came back, and has the last answered command repeated. */
    private Life begin(String stillAt) throws Exception {
        String journal = Files.exists(data.resolve("journal")) ? JournalText.nodes(data.resolve("journal")) : "";
        Life life = new Life(stillAt);
        assertThat(life.await("NODES").substring("NODES".length()).strip())
                .as("what the journal says has come back; %s", log())
                .isEqualTo(journal);
        if (!before.isEmpty()) {
            assertThat(ports(journal)).as("the same ports").isEqualTo(ports(before));
        }
        if (!answered.isEmpty()) {
            assertThat(life.await("AGAIN"))
                    .as("answered from the journal, and not done again")
                    .isEqualTo("AGAIN " + answered.get(1) + " " + answered.get(4) + " " + answered.get(5) + " swaps=0");
        }
        return life;
    }

    private static List<String> ports(String nodes) {
        return Stream.of(nodes.split(" "))
                .map(node -> node.substring(0, node.lastIndexOf('=')))
                .toList();
    }

    /** After the kill: every slot has the version that was answered last, or the one that was being asked for. */
    private void assertOldOrNew(Life life) throws Exception {
        String journal = JournalText.nodes(data.resolve("journal"));
        for (String node : Victim.NODES) {
            String version = version(journal, node);
            List<String> asked = life.all("ASK").stream()
                    .map(line -> line.split(" "))
                    .filter(words -> words[2].equals(node))
                    .map(words -> words[3])
                    .toList();
            List<String[]> done = life.all("DONE").stream()
                    .map(line -> line.split(" "))
                    .filter(words -> words[2].equals(node))
                    .toList();
            String last = served(done, version(before, node));
            String wanted = asked.size() == done.size() ? last : target(asked.getLast());
            if (!last.isEmpty()) {
                assertThat(version).as("%s after %s", node, life.lines).isIn(last, wanted);
            }
        }
        life.switched().stream()
                .reduce((first, last) -> last)
                .ifPresent(last -> answered = Arrays.asList(last.split(" ")));
        before = journal;
        assertNothingHalf();
    }

    /** What served after all that was answered; a refused swap changes nothing. */
    private static String served(List<String[]> done, String atFirst) {
        return done.stream()
                .filter(words -> words[4].equals("SWITCHED"))
                .map(words -> words[5])
                .reduce(atFirst, (first, last) -> last);
    }

    private static String target(String versions) {
        return versions.startsWith("[1.1") ? "1.1.0" : "1.0.0";
    }

    /** Of a node in a list of nodes; empty if it is not there. */
    private static String version(String nodes, String name) {
        return Stream.of(nodes.split(" "))
                .filter(node -> node.startsWith(name + "="))
                .map(node -> node.substring(node.lastIndexOf('=') + 1))
                .findFirst()
                .orElse("");
    }

    private void assertNothingHalf() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("no journal was damaged")
                    .allMatch(name -> List.of("journal", "lock", "bundles").contains(name));
        }
        try (Stream<Path> files = Files.list(data.resolve("bundles"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("[0-9a-f]{64}\\.jar"));
        }
    }

    @Test
    void killedAtEveryPhaseItIsExactlyAtTheOldOrTheNewVersion() throws Exception {
        for (SwapPhase phase : SwapPhase.values()) {
            try (Life life = begin(phase.name())) {
                life.await("AT");
                life.kill();
                assertOldOrNew(life);
            }
        }
        begin("-").close();
    }

    @Test
    void killedAtAnyMomentItIsExactlyAtTheOldOrTheNewVersion() throws Exception {
        Random random = new Random(42);
        int swaps = 0;
        for (int kill = 0; kill < RANDOM_KILLS; kill++) {
            try (Life life = begin("-")) {
                life.await("READY");
                life.awaitWords(random.nextInt(MOST_WORDS));
                LockSupport.parkNanos(
                        Duration.ofMillis(random.nextInt(LATEST_KILL_MS)).toNanos());
                life.kill();
                assertOldOrNew(life);
                swaps += life.switched().size();
            }
        }
        begin("-").close();
        assertThat(swaps).as("swaps between the kills").isGreaterThan(RANDOM_KILLS);
    }
}
