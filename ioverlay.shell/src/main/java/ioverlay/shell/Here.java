package ioverlay.shell;

import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/**
 * Where a command was typed.
 *
 * @param session it was typed into
 * @param out for what it says meanwhile
 * @param directory that its paths begin at
 * @param look of whoever reads it
 */
record Here(CommandSession session, PrintStream out, Path directory, Look look) {
    /** Where the command that runs on this thread was typed. */
    static Here in(CommandSession session) {
        Process process = Process.Utils.current();
        PrintStream out = process == null ? session.getConsole() : process.out();
        return new Here(session, out, session.currentDir(), Look.of(session));
    }
}
