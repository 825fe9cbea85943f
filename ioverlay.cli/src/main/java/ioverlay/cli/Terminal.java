package ioverlay.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that the command line was started from, if it was.
 *
 * @param columns its width; 0 if there is no terminal, or one without a width
 */
record Terminal(int columns) {
    /** What the demo's tables and the shell need. */
    static final int LEAST_COLUMNS = 80;

    private static final Pattern SIZE = Pattern.compile("[0-9]{1,5} ([0-9]{1,5})");
    private static final long ANSWER_TIMEOUT_MS = 2000;

    /** Looks for it: both standard input and output must be the terminal. */
    @SuppressWarnings("SystemConsoleNull") // it is null again since 25, where there is no terminal
    static Terminal find() throws InterruptedException {
        Console console = System.console();
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Terminal(console != null && console.isTerminal() && !dumb ? width() : 0);
    }

    private static int width() throws InterruptedException {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return 0;
            }
            return columns(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return 0; // without stty nothing is known of the terminal, so it is used as if it were none
        }
    }

    /** The second number of "24 80"; 0 if the text is anything else. */
    static int columns(String size) {
        Matcher numbers = SIZE.matcher(size.strip());
        return numbers.matches() ? Integer.parseInt(numbers.group(1)) : 0;
    }

    /** Whether the shell can edit lines there; at a terminal without a width it never stops drawing. */
    boolean canEdit() {
        return columns > 0;
    }

    /** Whether a block can be drawn over itself without its lines being wrapped. */
    boolean canRedraw() {
        return columns >= LEAST_COLUMNS;
    }
}
