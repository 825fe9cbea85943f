package ioverlay.itest;

import ioverlay.shell.wire.Frame;
import ioverlay.shell.wire.Kind;
import ioverlay.shell.wire.Opening;
import ioverlay.shell.wire.Opening.Mode;
import ioverlay.shell.wire.Place;
import ioverlay.shell.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A client of a container's shell socket, in the test's own JVM. */
final class ShellClient implements AutoCloseable {
    private final Wire wire;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** What a shell has answered. */
    record Answer(int code, String out, String err) {}

    ShellClient(Path data, Mode mode) throws IOException {
        try (Place place = Place.of(data.resolve(Place.NAME))) {
            wire = new Wire(SocketChannel.open(place.address()));
        }
        wire.write(Kind.OPEN, new Opening(mode, "xterm", 100, 30, "UTF-8", Workspace.ROOT.toString(), true).bytes());
    }

    /** All of a text as one program. */
    static Answer run(Path data, String program) throws IOException {
        try (ShellClient client = new ShellClient(data, Mode.PROGRAM)) {
            client.type(program);
            client.end();
            return client.answer();
        }
    }

    void type(String text) throws IOException {
        wire.write(Kind.INPUT, text.getBytes(StandardCharsets.UTF_8));
    }

    void end() throws IOException {
        wire.write(Kind.END, new byte[0]);
    }

    /** Reads until the output holds a text. */
    void awaitOutput(String text) throws IOException {
        while (!out().contains(text)) {
            take(wire.read().orElseThrow(() -> new IOException("ended before '" + text + "': " + out())));
        }
    }

    /** Reads until the end. */
    Answer answer() throws IOException {
        int code = -1;
        Optional<Frame> frame = wire.read();
        while (frame.isPresent() && code < 0) {
            code = take(frame.get());
            frame = code < 0 ? wire.read() : frame;
        }
        return new Answer(code, out(), err.toString(StandardCharsets.UTF_8));
    }

    private int take(Frame frame) {
        byte[] bytes = frame.payload();
        switch (frame.kind()) {
            case OUTPUT -> out.writeBytes(bytes);
            case ERROR -> err.writeBytes(bytes);
            case EXIT -> {
                err.write(bytes, 1, bytes.length - 1);
                return bytes[0];
            }
            case OPEN, INPUT, END, SIZE -> throw new AssertionError("a container does not say " + frame.kind());
        }
        return -1;
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
