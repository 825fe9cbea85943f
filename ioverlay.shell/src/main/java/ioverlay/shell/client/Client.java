package ioverlay.shell.client;

import ioverlay.shell.wire.Frame;
import ioverlay.shell.wire.Kind;
import ioverlay.shell.wire.Opening;
import ioverlay.shell.wire.Opening.Mode;
import ioverlay.shell.wire.Place;
import ioverlay.shell.wire.Wire;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** {@code run/overlay shell}: a shell into a container that runs, through the socket in its data directory. */
public final class Client {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int CHUNK_BYTES = 16 << 10;

    private final Arguments arguments;
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);

    private Client(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Ends the JVM with the exit code. */
    public static void main(String[] texts) {
        System.exit(run(texts, System.out, System.err));
    }

    private static int run(String[] texts, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.of(texts, System.getenv(), System.getProperty("user.home", ""));
            if (arguments.help()) {
                out.println(Arguments.HELP);
                return 0;
            }
            return new Client(arguments).run();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + ". See: run/overlay shell --help");
            return WRONG_USAGE;
        } catch (IOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int run() throws IOException {
        Optional<byte[]> program = program();
        try (Wire wire = connect(arguments.data())) {
            if (program.isPresent()) {
                wire.write(Kind.OPEN, opening(Mode.PROGRAM, Tty.NONE).bytes());
                send(wire, program.get());
                return receive(wire);
            }
            Tty tty = Tty.find();
            if (!tty.canEdit()) {
                wire.write(Kind.OPEN, opening(Mode.LINES, Tty.NONE).bytes());
                pump(wire);
                return receive(wire);
            }
            wire.write(Kind.OPEN, opening(Mode.TERMINAL, tty).bytes());
            Tty.Raw raw = tty.raw(size -> resized(wire, size));
            try {
                pump(wire);
                return receive(wire);
            } finally {
                raw.close();
            }
        }
    }

    private Optional<byte[]> program() throws IOException {
        if (arguments.commands().isPresent()) {
            return arguments.commands().map(text -> text.getBytes(charset()));
        }
        if (arguments.file().isEmpty()) {
            return Optional.empty();
        }
        Path file = arguments.file().get();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("there is no file " + file + " that can be read");
        }
        return Optional.of(Files.readAllBytes(file));
    }

    private static Wire connect(Path directory) throws IOException {
        Path socket = directory.resolve(Place.NAME);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IOException("--data needs a directory, not '" + directory + "': there is a file of that name");
        }
        if (!Files.exists(socket)) {
            throw new IOException("no container runs with the data directory " + directory
                    + ": start one with run/overlay up --data " + directory);
        }
        try (Place place = Place.of(socket)) {
            return new Wire(SocketChannel.open(place.address()));
        } catch (IOException e) {
            throw new IOException(
                    "the container with the data directory " + directory + " does not answer: " + e.getMessage(), e);
        }
    }

    private static Opening opening(Mode mode, Tty tty) {
        String noColour = System.getenv("NO_COLOR");
        String term = System.getenv("TERM");
        return new Opening(
                mode,
                term == null ? "dumb" : term,
                tty.columns(),
                tty.rows(),
                charset().name(),
                Path.of("").toAbsolutePath().toString(),
                noColour != null && !noColour.isEmpty());
    }

    private static Charset charset() {
        String known = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return Charset.forName(known, StandardCharsets.UTF_8);
    }

    private static void send(Wire wire, byte[] text) throws IOException {
        for (int start = 0; start < text.length; start += CHUNK_BYTES) {
            wire.write(Kind.INPUT, text, start, Math.min(CHUNK_BYTES, text.length - start));
        }
        wire.write(Kind.END, new byte[0]);
    }

    private static void resized(Wire wire, Tty size) {
        byte[] numbers = ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(size.columns())
                .putInt(size.rows())
                .array();
        try {
            wire.write(Kind.SIZE, numbers);
        } catch (IOException e) {
            // the shell has ended; the reader says so
        }
    }

    /** Reading standard input cannot be interrupted: it gets a thread that the end of the JVM need not wait for. */
    private static void pump(Wire wire) {
        Thread.ofPlatform().daemon().name("overlay-shell-input").start(() -> {
            byte[] bytes = new byte[CHUNK_BYTES];
            try (InputStream in = new FileInputStream(FileDescriptor.in)) {
                int count = in.read(bytes);
                while (count >= 0) {
                    wire.write(Kind.INPUT, bytes, 0, count);
                    count = in.read(bytes);
                }
                wire.write(Kind.END, new byte[0]);
            } catch (IOException e) {
                // the shell has ended; the reader says so
            }
        });
    }

    private int receive(Wire wire) throws IOException {
        Optional<Frame> frame = next(wire);
        while (frame.isPresent()) {
            byte[] payload = frame.get().payload();
            switch (frame.get().kind()) {
                case OUTPUT -> out.write(payload);
                case ERROR -> err.write(payload);
                case EXIT -> {
                    return exit(payload);
                }
                case OPEN, INPUT, END, SIZE -> throw new IOException("the container says what a client says");
            }
            frame = next(wire);
        }
        throw new IOException("the container is gone");
    }

    private static Optional<Frame> next(Wire wire) throws IOException {
        try {
            return wire.read();
        } catch (java.net.SocketException e) {
            return Optional.empty(); // reset, since the container was killed
        }
    }

    private int exit(byte[] payload) throws IOException {
        if (payload.length > 1) {
            String sentence = new String(Arrays.copyOfRange(payload, 1, payload.length), StandardCharsets.UTF_8);
            err.write(("\r" + sentence + "\r\n").getBytes(charset()));
        }
        return payload.length == 0 ? FAILED : payload[0];
    }
}
