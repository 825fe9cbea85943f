package ioverlay.cli;

import picocli.CommandLine.Option;

/** The option that every subcommand has. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;
}
