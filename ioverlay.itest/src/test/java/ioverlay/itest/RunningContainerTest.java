package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.ShellClient.Answer;
import ioverlay.itest.guide.Shell;
import ioverlay.itest.guide.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A container that {@code run/overlay up} has started, and {@code run/overlay shell} into it: each a real process. */
@Tag("processes")
final class RunningContainerTest {
    private static final String NODE = "{\"slots\": [\"1=relay;versions=[1.0,1.1)\"]}";

    @TempDir
    private static Path shared;

    @TempDir
    private Path own;

    private static Terminal container;

    @BeforeAll
    static void start() throws Exception {
        container = up(shared, "first");
    }

    @AfterAll
    static void end() throws Exception {
        try (Terminal first = container) {
            assertThat(first.end("exit")).as(first.said()).isTrue();
        }
    }

    /** Starts a container in {@code folder/data}, with the configured node {@code a}; it answers when this returns. */
    private static Terminal up(Path folder, String log) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("ioverlay.node~a.cfg.json"), NODE);
        Path tools = Files.createDirectory(folder.resolve("tools of " + log));
        Terminal started = Terminal.start(
                Shell.in(folder, tools, Workspace.ROOT.resolve("run")), "exec overlay up --data data", log);
        started.type("");
        return started;
    }

    private static Answer shell(String input, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "shell";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Launcher.in(shared).run(input, all);
    }

    private static void assertGood(Answer answer) {
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
    }

    @Test
    void commandsOfTheLineAreAnsweredAndTheFirstThatFailsEndsThem() throws Exception {
        Answer good = shell("", "--data", "data", "-c", "(status a) name; nodes | grep serving");
        assertGood(good);
        assertThat(good.out().lines()).hasSize(2).first().isEqualTo("a");

        Answer bad = shell("", "--data", "data", "-c", "echo before; status n9; echo behind");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out().strip()).isEqualTo("before");
        assertThat(bad.err().lines()).singleElement().asString().contains("there is no node 'n9'");
    }

    @Test
    void bundlesAreStoppedAndStartedByNumberAndStoppedByName() throws Exception {
        Answer before = shell("", "--data", "data", "-c", "lb -s ioverlay.app");
        assertGood(before);
        assertThat(before.out()).contains("|Active");
        String number = before.out()
                .strip()
                .lines()
                .toList()
                .getLast()
                .strip()
                .split("\\|", -1)[0]
                .strip();

        for (String bundle : List.of("ioverlay.app", number)) {
            Answer stopped = shell("", "--data", "data", "-c", "stop " + bundle + "; lb -s ioverlay.app");
            assertGood(stopped);
            assertThat(stopped.out()).contains("|Resolved");
            Answer started = shell("", "--data", "data", "-c", "start " + number + "; lb -s ioverlay.app");
            assertGood(started);
            assertThat(started.out()).contains("|Active");
        }
    }

    @Test
    void commandsOfTheInputGoOnBehindOneThatFails() throws Exception {
        Answer good = shell("each [x y] {\n  echo it $it\n}\nexit\necho behind\n", "--data", "data");
        assertGood(good);
        assertThat(good.out().lines()).contains("it x", "it y").doesNotContain("behind");

        Answer bad = shell("status n9\n(status a) name\n", "--data", "data");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out().strip()).isEqualTo("a");
        assertThat(bad.err().lines()).singleElement().asString().contains("there is no node 'n9'");
    }

    @Test
    void commandsOfAFileAreAnsweredWhereverTheFileLies() throws Exception {
        Path script = Files.writeString(own.resolve("a script"), "(status a) name\n");
        Answer good = shell("", "--data", "data", script.toString());
        assertGood(good);
        assertThat(good.out().strip()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--data nowhere | 1 | no container runs with the data directory",
                "--data in | 1 | there is a file of that name",
                "--data | 2 | --data needs a directory",
                "--nonsense | 2 | takes no --nonsense"
            })
    void whatIsWrongIsOneSentence(String arguments, int code, String part) throws Exception {
        Answer wrong = shell("nodes\n", arguments.split(" ", -1));
        assertThat(wrong.code()).isEqualTo(code);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err().lines()).singleElement().asString().contains(part);
        assertThat(shared.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aSecondStartWhileTheFirstLivesIsOneSentenceAndNothingChanges() throws Exception {
        String before = shell("", "--data", "data", "-c", "(status a) id").out();
        Answer second = Launcher.in(shared).run("", "up", "--data", "data");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.out()).isEmpty();
        assertThat(second.err().lines())
                .singleElement()
                .asString()
                .matches("a data directory belongs to one container, and .*/data is in use by process \\d+");
        assertThat(shell("", "--data", "data", "-c", "(status a) id").out()).isEqualTo(before);
    }

    @Test
    void theNextStartBringsAllNodesBackAtTheirPortsWithTheirVersions() throws Exception {
        String before;
        try (Terminal first = up(own, "one")) {
            first.type("create made --slot 1=relay@1.0.0\n"
                    + "deploy '" + Jars.relay11() + "'\n"
                    + "swap made relay 1.1.0 --probation 0s\n");
            before = nodes(first);
            assertThat(before.lines()).hasSize(2);
            assertThat(before).containsPattern("made 127.0.0.1:\\d+ 1=relay 1\\.1\\.0");
            assertThat(before).containsPattern("a 127.0.0.1:\\d+ 1=relay 1\\.0\\.0");
            assertThat(first.end("exit")).as(first.said()).isTrue();
        }
        try (Terminal second = up(own, "two")) {
            assertThat(nodes(second)).isEqualTo(before);
            assertThat(second.end("exit")).as(second.said()).isTrue();
        }
    }

    /** Name, address and slots of each node. */
    private static String nodes(Terminal at) throws IOException, InterruptedException {
        List<String> lines = at.type("nodes\n").lines().toList();
        return lines.stream()
                .filter(line -> line.contains("127.0.0.1:"))
                .map(line -> line.split(" {2,}", -1))
                .map(cells -> cells[0] + " " + cells[2] + " " + cells[3])
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
    }
}
