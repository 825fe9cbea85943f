package ioverlay.observer.fleet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import ioverlay.agent.line.Replies;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The container's end of a line, by hand: obeys as it was told. */
final class Caller implements AutoCloseable {
    final Line line;
    final long heardUpTo;
    final BlockingQueue<JsonObject> commands = new LinkedBlockingQueue<>();
    final BlockingQueue<JsonObject> boots = new LinkedBlockingQueue<>();

    /** From now on it hears, and answers nothing: as one whose machine is gone. */
    volatile boolean silent;

    /** Bytes of the events that it has said. */
    long said;

    /** After so many bytes of a bundle its line breaks. */
    volatile int breaksAfter = Integer.MAX_VALUE;

    final Map<Integer, ByteArrayOutputStream> chunks = new ConcurrentHashMap<>();

    /** What each node says of itself besides its id, by id. */
    final Map<String, JsonObject> documents = new TreeMap<>();

    private final Function<JsonObject, JsonElement> obey;
    private final Replies replies = new Replies();
    private volatile int lastReceive;

    private Caller(Line line, long heardUpTo, Function<JsonObject, JsonElement> obey) {
        this.line = line;
        this.heardUpTo = heardUpTo;
        this.obey = obey;
    }

    static Caller dial(NodeId observer, String container, Function<JsonObject, JsonElement> obey) throws IOException {
        Line line = Line.over(new Socket(
                observer.socketAddress().getAddress(), observer.socketAddress().getPort()));
        line.put(Opening.of(container, "host", 1, "25", "now").frame());
        Frame welcome = line.readOpening();
        if (welcome.type() != LineType.WELCOME) {
            throw new IOException(welcome.text());
        }
        Caller caller = new Caller(line, welcome.object().get("event").getAsLong(), obey);
        Thread.ofVirtual().start(caller::read);
        return caller;
    }

    private void read() {
        try {
            while (true) {
                take(line.read(0));
            }
        } catch (IOException e) {
            line.close();
        }
    }

    private void take(Frame frame) throws IOException {
        switch (frame.type()) {
            case LineType.COMMAND -> {
                JsonObject command = frame.object();
                if (silent) {
                    return;
                }
                if (command.get("do").getAsString().equals("statuses")) {
                    answer(Replies.result(frame.param1(), statuses()));
                    return;
                }
                if (command.get("do").getAsString().equals("receive")) {
                    lastReceive = frame.param1();
                    chunks.put(lastReceive, new ByteArrayOutputStream());
                }
                commands.add(command);
                try {
                    answer(Replies.result(frame.param1(), obey.apply(command)));
                } catch (RefusedException e) {
                    answer(Replies.refused(frame.param1(), e.getMessage()));
                }
            }
            case LineType.CHUNK -> {
                chunks.get(frame.param1()).writeBytes(frame.payload());
                if (received().length > breaksAfter) {
                    throw new IOException("the line is to break here");
                }
            }
            case LineType.REPLY -> {
                if (replies.add(frame)) {
                    boots.add(replies.finish(frame.param1()));
                }
            }
            default -> throw new IOException("not expected: " + frame.type());
        }
    }

    private JsonArray statuses() {
        JsonArray all = new JsonArray();
        synchronized (documents) {
            documents.forEach((id, document) -> {
                JsonObject whole = document.deepCopy();
                whole.addProperty("id", id);
                all.add(whole);
            });
        }
        return all;
    }

    private void answer(List<Frame> frames) throws IOException {
        for (Frame frame : frames) {
            line.put(frame);
        }
    }

    byte[] received() {
        return chunks.get(lastReceive).toByteArray();
    }

    /** Registers a node, and gives what it is told. */
    List<String> boot(String node, String name) throws IOException, InterruptedException {
        synchronized (documents) {
            documents.put(node, new JsonObject());
        }
        JsonObject told = ask(node, name);
        if (!told.has("result")) {
            throw new IOException(told.get("refused").getAsString());
        }
        return told.getAsJsonObject("result").getAsJsonArray("nodes").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private JsonObject ask(String node, String name) throws IOException, InterruptedException {
        JsonObject boot = new JsonObject();
        boot.addProperty("node", node);
        boot.addProperty("name", name);
        line.put(Frame.of(LineType.BOOT, 1, boot));
        JsonObject told = boots.poll(10, TimeUnit.SECONDS);
        if (told == null) {
            throw new IOException("boot of " + node + " is not answered");
        }
        return told;
    }

    void gone(String node) throws IOException {
        synchronized (documents) {
            documents.remove(node);
        }
        JsonObject gone = new JsonObject();
        gone.addProperty("node", node);
        line.put(Frame.of(LineType.GONE, 0, gone));
    }

    void event(long number, String kind) throws IOException {
        JsonObject event = new JsonObject();
        event.addProperty("number", number);
        event.addProperty("time", "2026-01-01T00:00:00Z");
        event.addProperty("kind", kind);
        event.addProperty("node", "");
        event.addProperty("id", "");
        event.addProperty("sentence", "event " + number);
        event.add("detail", new JsonObject());
        Frame frame = Frame.of(LineType.EVENT, 0, event);
        line.put(frame);
        said += frame.payload().length;
    }

    /** The line breaks. */
    void hangUp() {
        line.close();
    }

    @Override
    public void close() {
        line.close();
    }
}
