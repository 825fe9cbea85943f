package ioverlay.shell.socket;

import ioverlay.shell.Attached;
import ioverlay.shell.Script;
import ioverlay.shell.wire.Frame;
import ioverlay.shell.wire.Kind;
import ioverlay.shell.wire.Opening;
import ioverlay.shell.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.jline.terminal.Size;
import org.jspecify.annotations.Nullable;

/**
 * One client's shell.
 *
 * <p><b>Threads:</b> {@code overlay-shell-N} runs it; {@code overlay-shell-N-input} reads what the client sends, and so
 * notices when it is gone, which cancels what it waits for.
 */
final class Guest implements AutoCloseable {
    private static final int MOST_PROGRAM_BYTES = 1 << 20;
    private static final int FAILED = 1;
    private static final int LEAST_COLUMNS = 20;
    private static final int LEAST_ROWS = 4;
    private static final Size USUAL = new Size(80, 24);

    private final Wire wire;
    private final Opening opening;
    private final House house;
    private final TypedInput input = new TypedInput();

    /** Both set by the guest's thread and read by the one that reads: what there is to resize and to cancel. */
    private volatile @Nullable Attached attached;

    private volatile @Nullable CommandSession session;

    Guest(Wire wire, Opening opening, House house) {
        this.wire = wire;
        this.opening = opening;
        this.house = house;
    }

    /** Serves the client until it leaves or is gone. */
    void serve(String name) throws Exception {
        Thread.ofVirtual().name(name + "-input").start(this::listen);
        try {
            wire.exit(
                    switch (opening.mode()) {
                        case TERMINAL -> terminal();
                        case LINES -> lines();
                        case PROGRAM -> program();
                    },
                    "");
        } finally {
            input.end();
        }
    }

    private int terminal() throws Exception {
        Size size = size(opening.columns(), opening.rows());
        try (Attached shell = new Attached(
                house.context(),
                house.processor(),
                house.threads(),
                input,
                new FrameOutput(wire, Kind.OUTPUT),
                opening.term(),
                size,
                charset())) {
            place(shell.session());
            if (opening.plain()) {
                shell.withoutColours();
            }
            attached = shell;
            session = shell.session();
            shell.serve();
        } finally {
            attached = null;
            session = null;
        }
        return 0;
    }

    private static Size size(int columns, int rows) {
        return columns < LEAST_COLUMNS || rows < LEAST_ROWS ? USUAL : new Size(columns, rows);
    }

    private int lines() throws IOException {
        boolean good = true;
        try (PrintStream out = print(Kind.OUTPUT);
                PrintStream err = print(Kind.ERROR);
                CommandSession lines = house.processor().createSession(InputStream.nullInputStream(), out, err)) {
            Script script = begin(lines, out, err);
            BufferedReader reader = new BufferedReader(new InputStreamReader(input, charset()));
            StringBuilder pending = new StringBuilder();
            String line = reader.readLine();
            while (line != null && !script.hasLeft()) {
                pending.append(line).append('\n');
                if (!Script.isOpen(pending.toString())) {
                    good &= script.run(pending.toString());
                    pending.setLength(0);
                }
                line = script.hasLeft() || pending.length() > MOST_PROGRAM_BYTES ? null : reader.readLine();
            }
            good &= pending.isEmpty() || script.run(pending.toString());
        } finally {
            session = null;
        }
        return good ? 0 : FAILED;
    }

    private int program() throws IOException {
        byte[] text = input.readNBytes(MOST_PROGRAM_BYTES + 1);
        try (PrintStream out = print(Kind.OUTPUT);
                PrintStream err = print(Kind.ERROR);
                CommandSession whole = house.processor().createSession(InputStream.nullInputStream(), out, err)) {
            if (text.length > MOST_PROGRAM_BYTES) {
                err.println("a script has at most " + MOST_PROGRAM_BYTES + " bytes");
                return FAILED;
            }
            return begin(whole, out, err).run(new String(text, charset())) ? 0 : FAILED;
        } finally {
            session = null;
        }
    }

    private Script begin(CommandSession begun, PrintStream out, PrintStream err) {
        session = begun;
        place(begun);
        Script script = new Script(begun, out, err);
        script.attach(charset());
        return script;
    }

    private void place(CommandSession begun) {
        Path directory = Path.of(opening.directory());
        if (directory.isAbsolute() && Files.isDirectory(directory)) {
            begun.currentDir(directory);
        }
    }

    private PrintStream print(Kind kind) {
        return new PrintStream(new FrameOutput(wire, kind), true, charset());
    }

    private Charset charset() {
        return Charset.forName(opening.charset(), StandardCharsets.UTF_8);
    }

    private void listen() {
        try {
            Optional<Frame> frame = wire.read();
            while (frame.isPresent()) {
                take(frame.get());
                frame = wire.read();
            }
        } catch (IOException e) {
            System.getLogger(Guest.class.getName()).log(System.Logger.Level.DEBUG, "a shell's client is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        input.end();
        cancel();
    }

    private void take(Frame frame) throws InterruptedException {
        switch (frame.kind()) {
            case INPUT -> input.give(frame.payload());
            case END -> input.end();
            case SIZE -> resize(frame.payload());
            case OPEN, OUTPUT, ERROR, EXIT ->
                System.getLogger(Guest.class.getName())
                        .log(System.Logger.Level.DEBUG, "a shell's client sent " + frame.kind() + " in the middle");
        }
    }

    private void resize(byte[] payload) {
        Attached shell = attached;
        if (payload.length == 2 * Integer.BYTES && shell != null) {
            ByteBuffer numbers = ByteBuffer.wrap(payload);
            shell.resize(size(numbers.getInt(), numbers.getInt()));
        }
    }

    /** Interrupts what runs; a swap on probation then goes back, a shadow ends. */
    private void cancel() {
        CommandSession running = session;
        Job job = running == null ? null : running.foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    /** Ends it from outside; idempotent. */
    @Override
    public void close() throws IOException {
        cancel();
        wire.close();
    }
}
