package ioverlay.shell;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * How something can be shown where it will be read.
 *
 * @param columns that fit in a line; 0 if a line may be as long as it likes
 * @param fine whether there are more signs than those of ASCII
 * @param colour whether colours may be used
 * @param live whether a line can be drawn over
 */
record Look(int columns, boolean fine, boolean colour, boolean live) {
    /** Session variable: the character set of whoever is attached. */
    static final String CHARSET = ".charset";

    /** Session variable, there if whoever is attached wants no colours. */
    static final String PLAIN = ".plain";

    private static final String TERMINAL = ".terminal";
    private static final int LEAST_COLUMNS = 20;

    /** For a file or another program. */
    static Look piped(Charset charset) {
        return new Look(0, charset.equals(StandardCharsets.UTF_8), false, false);
    }

    /** Where the command that runs on this thread writes to. */
    static Look of(CommandSession session) {
        Process process = Process.Utils.current();
        boolean redirected = process != null && !process.isTty(1);
        Charset charset = charset(session);
        if (redirected || !(session.get(TERMINAL) instanceof Terminal terminal)) {
            return piped(charset);
        }
        boolean fine = charset.equals(StandardCharsets.UTF_8);
        boolean able = !terminal.getType().startsWith(Terminal.TYPE_DUMB);
        boolean colour = able && session.get(PLAIN) == null && noColour() == null;
        return new Look(Math.max(LEAST_COLUMNS, terminal.getWidth()), fine, colour, able);
    }

    private static @Nullable String noColour() {
        String set = System.getenv("NO_COLOR");
        return set == null || set.isEmpty() ? null : set;
    }

    private static Charset charset(CommandSession session) {
        return session.get(CHARSET) instanceof Charset set
                ? set
                : Charset.forName(System.getProperty("stdout.encoding", "UTF-8"), StandardCharsets.UTF_8);
    }

    /** The first if there are fine signs, else the second. */
    String sign(String fineOne, String plainOne) {
        return fine ? fineOne : plainOne;
    }
}
