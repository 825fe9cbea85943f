package ioverlay.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.threadio.ThreadIO;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.ExternalTerminal;
import org.osgi.framework.BundleContext;

/**
 * A shell with lines that are edited, at a terminal somewhere else.
 *
 * <p><b>Threads:</b> one serves; any resizes and closes.
 */
public final class Attached implements AutoCloseable {
    private final Terminal terminal;
    private final CommandSession session;
    private final Shell shell;

    /**
     * Makes it; {@link #serve} begins.
     *
     * @param type of the terminal, as in {@code $TERM}
     * @param size of the terminal, both numbers above 0
     * @param charset that it shows
     */
    public Attached(
            BundleContext context,
            CommandProcessor processor,
            ThreadIO threads,
            InputStream in,
            OutputStream out,
            String type,
            Size size,
            Charset charset)
            throws IOException {
        terminal = new ExternalTerminal("overlay", type, in, out, charset, SignalHandler.SIG_IGN, true, null, size);
        session = processor.createSession(terminal.input(), terminal.output(), terminal.output());
        shell = new Shell(new Surroundings(context), processor, threads, null);
        session.put(Shell.VAR_TERMINAL, terminal);
        session.put(Look.CHARSET, charset);
        session.put(ExitCommand.LEAVE, (Runnable) shell::stop);
        session.put("source", (Function)
                (here, arguments) -> shell.source(here, arguments.getFirst().toString()));
    }

    /** The session, to give it a directory and the like before it begins. */
    public CommandSession session() {
        return session;
    }

    /** Says that whoever is there wants no colours. */
    public void withoutColours() {
        session.put(Look.PLAIN, true);
    }

    /** Reads and executes lines until the shell is left or its input ends. */
    public void serve() throws Exception {
        terminal.resume();
        shell.gosh(session, new String[] {"--login", "--noshutdown"});
    }

    /** The terminal has another size now. */
    public void resize(Size size) {
        terminal.setSize(size);
        terminal.raise(Signal.WINCH);
    }

    @Override
    public void close() throws IOException {
        shell.stop();
        session.close();
        terminal.close();
    }

    /** What gosh asks of its surroundings. */
    private record Surroundings(BundleContext context) implements Shell.Context {
        @Override
        public String getProperty(String name) {
            return context.getProperty(name);
        }

        @Override
        public void exit() {
            // An attached shell ends alone; the container goes on.
        }
    }
}
