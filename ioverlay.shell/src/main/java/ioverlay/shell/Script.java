package ioverlay.shell;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.Parser.Executable;
import org.apache.felix.gogo.runtime.Parser.Pipeline;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.gogo.runtime.Token;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/** Commands from a text instead of from a terminal. Each shows its result: Gogo itself shows only that of the last. */
public final class Script {
    /** Where commands and their like are looked for first. */
    public static final String SCOPE = "overlay:gogo:*";

    private static final String NEXT = ";";
    private static final String NEXT_LINE = "\n";

    private final CommandSession session;
    private final PrintStream out;
    private final PrintStream err;

    /** For a session without a terminal. */
    public Script(CommandSession session, PrintStream out, PrintStream err) {
        this.session = session;
        this.out = out;
        this.err = err;
        session.put("SCOPE", SCOPE);
        session.put("GREP_COLORS", "mt="); // Gogo's grep takes the end of a pipe for a terminal
    }

    /** Whether more has to follow before this can be executed: a bracket or a quote is open. */
    public static boolean isOpen(String text) {
        try {
            new Parser(text).program();
            return false;
        } catch (EOFError e) {
            return true;
        } catch (SyntaxError e) {
            return false; // executing it says what is wrong
        }
    }

    /**
     * Executes one command after the other until one fails, or the shell was left.
     *
     * @return whether none failed
     */
    public boolean run(String text) {
        String running = "";
        try {
            for (String command : commands(text)) {
                if (hasLeft()) {
                    return true;
                }
                running = command.strip();
                Object result = session.execute(command);
                if (result != null) {
                    out.println(session.format(result, Converter.INSPECT));
                }
            }
            return true;
        } catch (InterruptedException e) {
            // The shell's other end is gone, or its container stops. Not restored: it was the command's.
            err.println(running + ": was interrupted");
            return false;
        } catch (Exception e) {
            // Boundary of a command: what it throws is its answer.
            err.println(sentence(e));
            return false;
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Makes {@code exit} leave this script, and not stop the container. */
    public void attach(Charset charset) {
        session.put(Look.CHARSET, charset);
        session.put(ExitCommand.LEAVE, (Runnable) () -> {});
    }

    /** Whether the shell was left by {@code exit}. */
    public boolean hasLeft() {
        return Boolean.TRUE.equals(session.get(ExitCommand.LEFT));
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        return failure instanceof Failed || message == null ? failure.toString() : message;
    }

    /** What stands between semicolons and ends of lines, outside brackets. */
    static List<String> commands(String text) {
        List<String> commands = new ArrayList<>();
        int start = -1;
        int end = -1;
        boolean isOperator = false;
        for (Executable part : new Parser(text).program().tokens()) {
            if (isOperator) {
                if (Token.eq(NEXT, part) || Token.eq(NEXT_LINE, part)) {
                    commands.add(text.substring(start, end));
                    start = -1;
                } else {
                    end = part.start() + part.length();
                }
            } else {
                Token first = part instanceof Pipeline pipe ? pipe.tokens().getFirst() : part;
                Token last = part instanceof Pipeline pipe ? pipe.tokens().getLast() : part;
                start = start < 0 ? first.start() : start;
                end = last.start() + last.length();
            }
            isOperator = !isOperator;
        }
        if (start >= 0) {
            commands.add(text.substring(start, end));
        }
        return commands.stream().filter(command -> !command.isBlank()).toList();
    }
}
