package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<DemoOptions> demos = new ArrayList<>();
    private final List<String> projects = new ArrayList<>();
    private final List<UpOptions> ups = new ArrayList<>();
    private Optional<Exception> failure = Optional.empty();
    private boolean stopping;

    private int run(String... arguments) {
        DemoCommand demo = new DemoCommand(options -> {
            demos.add(options);
            if (failure.isPresent()) {
                throw failure.get();
            }
            return 0;
        });
        UpCommand.Container up = options -> {
            ups.add(options);
            return 0;
        };
        NewCommand project = new NewCommand((name, directory) -> projects.add(name.text() + " in " + directory));
        Overlay.Surroundings around = new Overlay.Surroundings(
                "1.2.3",
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> stopping);
        return Overlay.run(demo, up, project, new ScenarioCommand(asked -> 0), around, arguments);
    }

    private static Optional<ObserverOptions> byDefault() {
        return ObserverFlags.BY_DEFAULT ? Optional.of(ObserverOptions.at(ObserverFlags.ANY)) : Optional.empty();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theDemoHasDefaults() {
        assertThat(run("demo")).isZero();

        Path modules = Path.of(System.getProperty("java.home"), "lib", "modules");
        assertThat(demos).containsExactly(new DemoOptions(modules, 8, false, Optional.empty(), byDefault()));
    }

    @Test
    void theDemoTakesItsOptions() {
        assertThat(run("demo", "--file", "f", "--nodes", "20", "--exit", "--json", "j"))
                .isZero();

        assertThat(demos)
                .containsExactly(new DemoOptions(Path.of("f"), 20, true, Optional.of(Path.of("j")), Optional.empty()));
    }

    @Test
    void upTakesADirectory() {
        assertThat(run("up", "--data", "d")).isZero();

        assertThat(ups).singleElement().satisfies(up -> {
            assertThat(up.data()).contains(Path.of("d"));
            assertThat(up.embedded()).isEqualTo(byDefault());
            assertThat(up.population()).isEqualTo(Population.NONE);
            assertThat(up.shell()).isTrue();
        });
    }

    @Test
    void upTakesItsOptionsAndKeepsNothingOfNodesThatItMakesWithoutADirectory() {
        assertThat(run(
                        "up",
                        "--nodes",
                        "12",
                        "--traffic",
                        "--web",
                        "localhost:0",
                        "--no-shell",
                        "--ready-file",
                        "r",
                        "--console",
                        "--listen",
                        "127.0.0.2:7100",
                        "--poll",
                        "2000",
                        "--keep",
                        "1",
                        "--boot",
                        "0"))
                .isZero();

        assertThat(ups).singleElement().satisfies(up -> {
            assertThat(up.data()).isEmpty();
            assertThat(up.population().names()).hasSize(12).startsWith("n1", "n2");
            assertThat(up.population().traffic()).isTrue();
            assertThat(up.shell()).isFalse();
            assertThat(up.readyFile()).contains(Path.of("r"));
            assertThat(up.embedded())
                    .contains(new ObserverOptions(
                            new Endpoint("127.0.0.2", 7100), new Endpoint("127.0.0.1", 0), true, 2000, 1, 0));
        });
    }

    @Test
    void nodesThatRegisterElsewhereHaveNoObserverHere() {
        assertThat(run("up", "--observer", "127.0.0.1:7100")).isZero();
        assertThat(run("node", "--observer", "127.0.0.1:7100", "--name", "x", "--port", "7001"))
                .isZero();
        assertThat(run("node", "--nodes", "2")).isZero();
        assertThat(run("up", "--no-web")).isZero();

        assertThat(ups).allSatisfy(up -> assertThat(up.embedded()).isEmpty());
        assertThat(ups.get(1).observer()).contains(new Endpoint("127.0.0.1", 7100));
        assertThat(ups.get(1).population()).isEqualTo(new Population(List.of("x"), 7001, false));
        assertThat(ups.get(2).population().names()).containsExactly("n1", "n2");
    }

    @Test
    void anObserverAloneHasADirectoryOfItsOwn() {
        assertThat(run("observer", "--listen", "127.0.0.1:7100", "--no-shell")).isZero();

        assertThat(ups).singleElement().satisfies(up -> {
            assertThat(up.isObserverAlone()).isTrue();
            assertThat(up.data().orElseThrow()).hasFileName("ioverlay-observer");
            assertThat(up.embedded().orElseThrow().listen()).isEqualTo(new Endpoint("127.0.0.1", 7100));
        });
    }

    @Test
    void anObserverMakesNodesBesideItIfItIsAskedTo() {
        assertThat(run("observer", "--nodes", "3", "--web", "127.0.0.1:0", "--no-shell", "--ready-file", "r"))
                .isZero();

        assertThat(ups).singleElement().satisfies(up -> {
            assertThat(up.population().names()).containsExactly("n1", "n2", "n3");
            assertThat(up.population().traffic()).isFalse();
            assertThat(up.embedded()).isPresent();
            assertThat(up.isObserverAlone()).isFalse();
            assertThat(up.data()).isEmpty();
            assertThat(up.readyFile()).contains(Path.of("r"));
        });
    }

    @Test
    void aNodeWithAPageHasItsObserverBesideIt() {
        assertThat(run("node", "--web", "127.0.0.1:0")).isZero();

        assertThat(ups)
                .singleElement()
                .satisfies(up -> assertThat(up.embedded()).isPresent());
    }

    @Test
    void newTakesANameAndADirectory() {
        assertThat(run("new", "my.algo.deal")).isZero();
        assertThat(run("new", "my.algo.deal", "--dir", "d e")).isZero();

        assertThat(projects).containsExactly("my.algo.deal in my.algo.deal", "my.algo.deal in d e");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --nodes 1    | a whole number from 2 to 64 is needed, not '1'",
                "demo --nodes 65   | a whole number from 2 to 64 is needed, not '65'",
                "demo --nodes many | a whole number from 2 to 64 is needed, not 'many'",
                "demo --frob       | The command overlay demo takes no --frob",
                "demo extra        | The command overlay demo takes no extra",
                "demo --file       | Missing required parameter for option '--file'",
                "new               | Missing required parameter: 'NAME'",
                "frob              | There is no command 'frob'",
                "up --web 0.0.0.0:80     | only a loopback address such as 127.0.0.1",
                "up --web 192.168.1.1:0  | only a loopback address such as 127.0.0.1",
                "up --web 8080           | ADDRESS:PORT is needed",
                "up --web 127.0.0.1:x    | ADDRESS:PORT is needed",
                "up --web 127.0.0.1:65536 | ADDRESS:PORT is needed",
                "up --web some.host:80   | only a loopback address such as 127.0.0.1",
                "up --web 127.1:80       | only a loopback address such as 127.0.0.1",
                "observer --listen 10.0.0.1:7100 | only a loopback address such as 127.0.0.1",
                "up --observer 127.0.0.1:0 | the observer's own port is needed, 1 to 65535, not '127.0.0.1:0'",
                "up --nodes 0            | a whole number from 1 to 1000 is needed, not '0'",
                "up --nodes 1001         | a whole number from 1 to 1000 is needed, not '1001'",
                "up --poll 99            | a whole number from 100 to 60000 is needed, not '99'",
                "up --poll 60001         | a whole number from 100 to 60000 is needed, not '60001'",
                "node --port 65536       | a whole number from 0 to 65535 is needed, not '65536'",
                "node --name a/b         | 1 to 60 letters, digits, dots, dashes, underscores are needed, not 'a/b'",
                "scenario f.json --report= | a directory is needed, not ''",
                "demo --web 1.2.3.4:0    | only a loopback address such as 127.0.0.1",
            })
    void aWrongArgumentIsOneSentenceWithTheRuleAndTheValue(String arguments, String sentence) {
        assertThat(run(arguments.strip().split(" "))).isEqualTo(2);

        assertThat(err().lines()).singleElement().asString().contains(sentence).contains("--help");
        assertThat(demos).isEmpty();
        assertThat(ups).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up --no-web --web 127.0.0.1:0 | --no-web leaves no observer and no page",
                "up --traffic                  | --traffic flows between the nodes of --nodes, and there are none",
                "node --nodes 10 --port 65530  | 10 nodes from port 65530 on would go beyond 65535",
            })
    void optionsThatContradictEachOtherAreWrongUsage(String arguments, String sentence) {
        assertThat(run(arguments.strip().split(" "))).isEqualTo(2);

        assertThat(err().lines()).singleElement().asString().contains(sentence);
        assertThat(ups).isEmpty();
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertThat(run()).isEqualTo(2);

        assertThat(err()).startsWith("A command is needed: demo, up, observer, node, shell, scenario, new or help");
    }

    @Test
    void theVersionIsThatOfTheBundle() {
        assertThat(run("--version")).isZero();

        assertThat(out()).isEqualToIgnoringNewLines("iOverlay 1.2.3");
    }

    @ParameterizedTest
    @CsvSource({
        "help, demo",
        "--help, up",
        "demo --help, --nodes",
        "help demo, --json",
        "up --help, --data",
        "observer --help, --listen",
        "node --help, --observer",
        "new --help, --dir"
    })
    void helpSaysWhatThereIs(String arguments, String named) {
        assertThat(run(arguments.split(" "))).isZero();

        assertThat(out()).contains(named);
        assertThat(err()).isEmpty();
    }

    @Test
    void helpFitsEightyColumns() {
        run("help");
        run("help", "demo");
        run("help", "up");
        run("help", "observer");
        run("help", "node");
        run("help", "new");

        assertThat(out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void whatTheCommandRefusesIsWrongUsage() {
        failure = Optional.of(new UsageException("a rule, not 'this'"));

        assertThat(run("demo")).isEqualTo(2);

        assertThat(err()).isEqualToIgnoringNewLines("a rule, not 'this'");
    }

    @Test
    void whatFailsIsOneSentenceWithoutAStackTrace() {
        failure = Optional.of(new IllegalStateException("no room"));

        assertThat(run("demo")).isEqualTo(1);

        assertThat(err()).isEqualToIgnoringNewLines("Failed: no room");
    }

    @Test
    void whatFailsWhileTheContainerStopsWasStopped() {
        failure = Optional.of(new IllegalStateException("the framework is gone"));
        stopping = true;

        assertThat(run("demo")).isEqualTo(1);

        assertThat(err()).isEqualToIgnoringNewLines("Stopped before the end");
    }
}
