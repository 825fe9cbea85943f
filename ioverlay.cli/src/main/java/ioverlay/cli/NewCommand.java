package ioverlay.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay new}: its options. */
@Command(
        name = "new",
        description = {
            "Writes a bundle project for an algorithm of your own: a class, a test, all that Maven needs.",
            ""
        },
        parameterListHeading = "Parameters:%n",
        optionListHeading = "Options:%n",
        footer = {
            "",
            "The project carries the iOverlay jars it needs and builds anywhere: mvn package. See"
                    + " docs/write-an-algorithm.md."
        })
final class NewCommand implements Callable<Integer> {
    private final Author author;

    @Parameters(
            paramLabel = "NAME",
            description = "The algorithm's name, which is its package too: lower-case words with dots, such as"
                    + " my.algo.deal.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    @Option(names = "--dir", paramLabel = "D", description = "An empty or new directory. Default: NAME, here.")
    private @Nullable Path directory;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final HelpOption help = new HelpOption();

    NewCommand(Author author) {
        this.author = author;
    }

    @Override
    public Integer call() {
        ProjectName checked = new ProjectName(name);
        author.write(checked, directory == null ? Path.of(checked.text()) : directory);
        return Overlay.OK;
    }

    /** What the command does; the tests put something simpler in its place. */
    @FunctionalInterface
    interface Author {
        void write(ProjectName name, Path directory);
    }
}
