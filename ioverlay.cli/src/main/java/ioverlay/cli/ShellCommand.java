package ioverlay.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code overlay shell}, for the list of commands and its help alone: the launcher starts the client of the bundle
 * ioverlay.shell in its place, which needs no framework and so is there at once.
 */
@Command(
        name = "shell",
        description = {"Opens a shell in a container that runs: overlay up --data DIR.", ""},
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Without commands: a shell at the terminal; where there is none, each line of the standard input is a"
                    + " command.",
            "-c and FILE end at the first command that fails. Exit code: 0 only if no command failed. See"
                    + " docs/shell.md."
        })
@SuppressWarnings("UnusedVariable") // picocli reads them
final class ShellCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The container's data directory. Default: ioverlay in the user's data directory"
                    + " ($$XDG_DATA_HOME, else ~/.local/share).")
    private @Nullable Path data;

    @Option(names = "-c", paramLabel = "COMMANDS", description = "Execute these, with semicolons between them.")
    private @Nullable String commands;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Execute the commands in this file.")
    private @Nullable Path file;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        throw new FailedException("run/overlay starts the shell's client by itself: use it instead of the jar");
    }
}
