package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollouts;
import ioverlay.api.observer.Uploads;
import ioverlay.itest.ShellClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts from the shell of a container with an observer. */
class RolloutShellTest {
    @TempDir
    private Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private Answer run(String program) throws IOException {
        return ShellClient.run(data(), program);
    }

    private boolean answers() {
        try {
            return run("help").code() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void everyExampleOfTheManualWorksAndAnAbortedOneGoesBack() throws Exception {
        try (LiveContainer container = LiveContainer.with(
                        Map.of("gosh.home", Workspace.ROOT.resolve("run").toString()),
                        Jars.ours("ioverlay.algo.relay"),
                        Jars.ours("ioverlay.agent"),
                        Jars.others("org.apache.felix.gogo.runtime"));
                ObserverOfRollouts observer = new ObserverOfRollouts(directory.resolve("observer"), rollout -> {})) {
            // Resolved, but not started: started it would take the terminal.
            container
                    .context()
                    .installBundle(
                            Jars.others("org.apache.felix.gogo.jline").toUri().toString());
            container.context().installBundle(Jars.others("jline").toUri().toString());
            for (Path bundle : List.of(Jars.others("picocli"), Jars.ours("ioverlay.shell"))) {
                container.context().installBundle(bundle.toUri().toString()).start();
            }
            Files.createDirectory(data());
            container.configure("ioverlay.data", Map.of("directory", data().toString()));
            Await.until("the socket answers", this::answers);
            assertThat(run("rollout list").err()).startsWith("there is no observer in this container");

            assertThat(run("upload x.jar").err())
                    .startsWith("there is no observer in this container, and uploads are its work");
            container.context().registerService(Rollouts.class, observer.rollouts(), null);
            container.context().registerService(Uploads.class, observer.uploads(), null);
            assertThat(run("uploads").out()).startsWith("nothing was uploaded");
            container.configure(
                    "ioverlay.agent", Map.of("observer", observer.listens().toString()));
            run("create a --slot 0=relay@1.0.0; create b --slot 0=relay@1.0.0");
            Await.until("both have registered", () -> observer.nodes() == 2);
            runExamples();
            assertThat(run("uploads | grep relay").out()).contains("ioverlay.algo.relay", "1.1.0");
            assertThat(run("upload " + Workspace.ROOT.resolve("README.md")).err())
                    .startsWith("what was sent is not a JAR with a META-INF/MANIFEST.MF");
            assertThat(run("upload nothing.jar").err()).startsWith("there is no file ");

            Await.until("it is over", () -> state(observer).isEnd());
            assertThat(state(observer)).isEqualTo(Rollout.State.ABORTED);
            assertThat(run("rollout show 1 | grep '^a '").out())
                    .contains("1.0.0")
                    .doesNotContain("switched");
            assertThat(run("(rollout show 1) sentence").out()).startsWith("aborted by shell");
        }
    }

    private void runExamples() throws IOException {
        List<String> examples = Files.readAllLines(Workspace.ROOT.resolve("docs/rollouts.md")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("overlay> "))
                .map(line -> line.substring("overlay> ".length())
                        .replace(
                                "run/bundles/ioverlay.algo.relay-1.1.0.jar",
                                Jars.relay11().toString()))
                .toList();
        assertThat(examples).hasSizeGreaterThan(6);
        for (String example : examples) {
            Answer answer = run(example);
            assertThat(answer.err()).as(example).isEmpty();
            assertThat(answer.code()).as(example).isZero();
        }
    }

    private static Rollout.State state(ObserverOfRollouts observer) {
        return observer.rollouts().rollout(1).orElseThrow().state();
    }
}
