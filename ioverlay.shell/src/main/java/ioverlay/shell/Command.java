package ioverlay.shell;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One command with its arguments, made anew each time it is typed; picocli fills it. */
abstract class Command {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    /**
     * Does it.
     *
     * @return what it found; nothing is shown for null
     * @throws Failed if it cannot be done, with the sentence
     */
    abstract @Nullable Object run(Container container, Here here) throws Exception;
}
