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
    private final List<Path> ups = new ArrayList<>();
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
        UpCommand up = new UpCommand(data -> {
            ups.add(data);
            return 0;
        });
        NewCommand project = new NewCommand((name, directory) -> projects.add(name.text() + " in " + directory));
        Overlay.Surroundings around = new Overlay.Surroundings(
                "1.2.3",
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> stopping);
        return Overlay.run(demo, up, project, around, arguments);
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
        assertThat(demos).containsExactly(new DemoOptions(modules, 8, false, Optional.empty()));
    }

    @Test
    void theDemoTakesItsOptions() {
        assertThat(run("demo", "--file", "f", "--nodes", "20", "--exit", "--json", "j"))
                .isZero();

        assertThat(demos).containsExactly(new DemoOptions(Path.of("f"), 20, true, Optional.of(Path.of("j"))));
    }

    @Test
    void upTakesADirectory() {
        assertThat(run("up", "--data", "d")).isZero();

        assertThat(ups).containsExactly(Path.of("d"));
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
            })
    void aWrongArgumentIsOneSentenceWithTheRuleAndTheValue(String arguments, String sentence) {
        assertThat(run(arguments.strip().split(" "))).isEqualTo(2);

        assertThat(err().lines()).singleElement().asString().contains(sentence).contains("--help");
        assertThat(demos).isEmpty();
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertThat(run()).isEqualTo(2);

        assertThat(err()).startsWith("A command is needed: demo, up, shell, new or help");
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
