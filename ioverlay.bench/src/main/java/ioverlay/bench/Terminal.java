package ioverlay.bench;

import java.io.Console;

/** Whether somebody watches. */
public final class Terminal {
    private Terminal() {}

    /** True if a line can be drawn over. */
    @SuppressWarnings("SystemConsoleNull") // it is null again since 25, where there is no terminal
    public static boolean isThere() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }
}
