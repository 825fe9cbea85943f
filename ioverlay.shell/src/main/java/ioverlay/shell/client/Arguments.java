package ioverlay.shell.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of {@code run/overlay shell}.
 *
 * @param help whether only help is wanted
 * @param data the container's data directory, absolute
 * @param commands to execute
 * @param file to read them from
 */
record Arguments(boolean help, Path data, Optional<String> commands, Optional<Path> file) {
    static final String HELP = """
            Usage: overlay shell [-h] [--data DIR] [-c COMMANDS | FILE]
            Opens a shell in a container that runs: overlay up --data DIR.

                  FILE         Execute the commands in this file.
              -c COMMANDS      Execute these commands, with semicolons between them.
                  --data=DIR   The container's data directory. Default: ioverlay in the
                                 user's data directory ($XDG_DATA_HOME, else
                                 ~/.local/share).
              -h, --help       Print this help.

            Without commands: a shell at the terminal; where there is none, each line of
            the standard input is a command.
            -c and FILE end at the first command that fails; lines of the standard input
            go on after it. Exit code: 0 only if no command failed. See docs/shell.md.""";

    static Arguments of(String[] texts, Map<String, String> environment, String home) {
        boolean help = false;
        Path data = ofUser(environment, home);
        Optional<String> commands = Optional.empty();
        Optional<Path> file = Optional.empty();
        for (int index = 0; index < texts.length; index++) {
            String text = texts[index];
            if (text.equals("-h") || text.equals("--help")) {
                help = true;
            } else if (text.startsWith("--data=")) {
                data = directory(text.substring("--data=".length()));
            } else if (text.equals("--data")) {
                data = directory(value(texts, ++index, "--data needs a directory"));
            } else if (text.equals("-c")) {
                if (commands.isPresent()) {
                    throw new IllegalArgumentException("-c is given once, with semicolons between its commands");
                }
                commands = Optional.of(value(texts, ++index, "-c needs commands"));
            } else if (text.startsWith("-")) {
                throw new IllegalArgumentException("The command overlay shell takes no " + text);
            } else if (file.isPresent()) {
                throw new IllegalArgumentException("The command overlay shell takes one file, not " + text + " too");
            } else {
                file = Optional.of(Path.of(text));
            }
        }
        if (commands.isPresent() && file.isPresent()) {
            throw new IllegalArgumentException("Either -c or a file, not both");
        }
        return new Arguments(help, data.toAbsolutePath().normalize(), commands, file);
    }

    private static String value(String[] texts, int index, String needed) {
        if (index >= texts.length) {
            throw new IllegalArgumentException(needed);
        }
        return texts[index];
    }

    private static Path directory(String text) {
        if (text.isEmpty()) { // a variable that is not set; it would be the working directory
            throw new IllegalArgumentException("--data needs a directory, not ''");
        }
        return Path.of(text);
    }

    /** After the XDG rules, as {@code up} has it. */
    private static Path ofUser(Map<String, String> environment, String home) {
        String set = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = Path.of(set).isAbsolute() ? Path.of(set) : Path.of(home, ".local", "share");
        return base.resolve("ioverlay");
    }
}
