package ioverlay.app.stream;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import ioverlay.app.FakeOutlet;
import ioverlay.app.FakeSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A receiver whose thread is the test's. */
final class ReceiverFixture implements AutoCloseable {
    private static final long LIMIT_NS = 10_000_000_000L;

    final FakeSession session;
    final LiveStream receiver = new LiveStream(() -> Instant.ofEpochMilli(70));
    private final FakeOutlet outlet = new FakeOutlet(0);
    private final Departures departures = new Departures(1, 1 << 20);

    ReceiverFixture(String settings) throws Exception {
        session = new FakeSession(settings);
        receiver.begin(session);
    }

    JsonObject status() {
        return receiver.status();
    }

    long number(String name) {
        return status().get(name).getAsLong();
    }

    /** Units come from the source. */
    void receive(List<Unit> units) throws Exception {
        for (Message message : messages(units)) {
            receiver.consume(message);
        }
    }

    /** Units are lost on their way. */
    void lose(List<Unit> units) throws Exception {
        messages(units);
    }

    private List<Message> messages(List<Unit> units) throws Exception {
        units.forEach(departures::add);
        FakeOutlet messages = new FakeOutlet(10_000);
        messages.call(new Application() {
            @Override
            public void begin(Session where) {}

            @Override
            public long produce(Outlet out) {
                departures.send(out);
                return FINISHED;
            }
        });
        return messages.messages();
    }

    /** Lets the receiver look after its sockets until it holds. */
    void until(BooleanSupplier holds) throws Exception {
        long deadline = System.nanoTime() + LIMIT_NS;
        while (!holds.getAsBoolean()) {
            outlet.call(receiver);
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 10 s; the receiver says " + status());
            }
            Thread.onSpinWait();
        }
    }

    void poll() throws Exception {
        outlet.call(receiver);
    }

    int port() {
        return URI.create(status().get("url").getAsString()).getPort();
    }

    /** Somebody who has sent this. */
    Socket client(String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 14); // who does not read is soon behind
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Somebody who watches. */
    Socket watcher() throws Exception {
        long before = watching();
        Socket socket = client("GET /stream.ts HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\n\r\n");
        until(() -> watching() > before);
        return socket;
    }

    long watching() {
        return status().getAsJsonArray("clients").size();
    }

    /** All that has come to somebody by now, or until the end. */
    byte[] answer(Socket socket, boolean toTheEnd) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[1 << 16];
        socket.setSoTimeout(toTheEnd ? 10_000 : 50);
        try {
            for (int size = socket.getInputStream().read(some);
                    size >= 0;
                    size = socket.getInputStream().read(some)) {
                all.write(some, 0, size);
                poll();
            }
        } catch (SocketTimeoutException e) {
            if (toTheEnd) {
                throw e;
            }
        }
        return all.toByteArray();
    }

    /** The stream in an answer. */
    static byte[] body(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n") + 4;
        if (!text.contains("Transfer-Encoding: chunked\r\n")) {
            return Arrays.copyOfRange(answer, head, answer.length);
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        new Chunks().take(ByteBuffer.wrap(answer, head, answer.length - head), some -> {
            byte[] next = new byte[some.remaining()];
            some.get(next);
            data.writeBytes(next);
        });
        return data.toByteArray();
    }

    /** Its application ends. */
    void end() {
        receiver.end();
    }

    @Override
    public void close() {
        end();
    }
}
