package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import ioverlay.agent.line.Replies;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The observer's end of lines, by hand: answers boot, asks what a test asks. */
final class Operator implements AutoCloseable {
    private static final String HOSTS = "{\"nodes\":[\"127.0.0.1:9001\",\"127.0.0.1:9002\"]}";

    final BlockingQueue<Opening> openings = new LinkedBlockingQueue<>();
    final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    final Map<String, String> nodes = new ConcurrentHashMap<>();

    private final ServerSocket server;
    private final Map<Integer, BlockingQueue<JsonObject>> answers = new ConcurrentHashMap<>();
    private final long heardUpTo;
    private volatile boolean deaf;
    private final AtomicInteger refusals = new AtomicInteger();
    private final Thread accepting;
    private Optional<Line> line = Optional.empty();
    private int ids;

    Operator() throws IOException {
        this(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    }

    /**
     * One at an address that another has, or had.
     *
     * @param heardUpTo what its WELCOME says: the last event that it has
     */
    Operator(InetSocketAddress where, long heardUpTo) throws IOException {
        this.heardUpTo = heardUpTo;
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(where);
        accepting = Thread.ofVirtual().start(this::accept);
    }

    NodeId address() {
        return NodeId.of((InetSocketAddress) server.getLocalSocketAddress());
    }

    /** An address that nobody else is given, also not while nobody listens there: of a test that listens there again. */
    static InetSocketAddress ofItsOwn() {
        ThreadLocalRandom any = ThreadLocalRandom.current();
        return new InetSocketAddress(
                InetAddress.ofLiteral(
                        "127." + any.nextInt(1, 255) + "." + any.nextInt(256) + "." + any.nextInt(1, 255)),
                any.nextInt(10_000, 30_000));
    }

    /** The next nodes that register are refused. */
    void refuse(int boots) {
        refusals.set(boots);
    }

    /** From now on it reads no more. */
    void beDeaf() {
        deaf = true;
    }

    private void accept() {
        try {
            while (true) {
                Line fresh = Line.over(server.accept());
                Opening opening = Opening.read(fresh.readOpening());
                JsonObject welcome = new JsonObject();
                welcome.addProperty("line", 1);
                welcome.addProperty("event", heardUpTo);
                fresh.put(Frame.of(LineType.WELCOME, 0, welcome));
                synchronized (this) {
                    line = Optional.of(fresh);
                }
                openings.add(opening); // whoever sees it may send
                Thread.ofVirtual().start(() -> read(fresh));
            }
        } catch (IOException e) {
            System.getLogger(Operator.class.getName()).log(System.Logger.Level.DEBUG, "closed", e);
        }
    }

    private void read(Line from) {
        Replies replies = new Replies();
        try {
            while (!deaf) {
                take(from, replies, from.read(0));
            }
        } catch (IOException e) {
            from.close();
        }
    }

    private void take(Line from, Replies replies, Frame frame) throws IOException {
        switch (frame.type()) {
            case LineType.BOOT -> {
                JsonObject boot = frame.object();
                if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    from.put(Replies.refused(frame.param1(), "another is live there")
                            .getFirst());
                    return;
                }
                nodes.put(boot.get("node").getAsString(), boot.get("name").getAsString());
                from.put(Replies.result(frame.param1(), JsonParser.parseString(HOSTS))
                        .getFirst());
            }
            case LineType.GONE -> nodes.remove(frame.object().get("node").getAsString());
            case LineType.EVENT -> events.add(frame.object());
            case LineType.REPLY -> {
                if (replies.add(frame)) {
                    answers(frame.param1()).add(replies.finish(frame.param1()));
                }
            }
            default -> throw new IOException("not expected: " + frame.type());
        }
    }

    private BlockingQueue<JsonObject> answers(int id) {
        return answers.computeIfAbsent(id, fresh -> new LinkedBlockingQueue<>());
    }

    private synchronized Line line() {
        return line.orElseThrow();
    }

    /** Sends a command; its id. */
    synchronized int send(String command) throws IOException {
        int id = ++ids;
        line().put(Frame.of(LineType.COMMAND, id, JsonParser.parseString(command)));
        return id;
    }

    JsonObject answer(int id) throws InterruptedException {
        JsonObject answer = answers(id).poll(10, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer within 10 s");
        }
        return answer;
    }

    /** Asks, and gives what is answered. */
    JsonElement ask(String command) throws IOException, InterruptedException {
        JsonObject answer = answer(send(command));
        if (!answer.has("result")) {
            throw new AssertionError("refused: " + answer);
        }
        return answer.get("result");
    }

    /** Asks what is refused, and gives why. */
    String refused(String command) throws IOException, InterruptedException {
        JsonObject answer = answer(send(command));
        if (!answer.has("refused")) {
            throw new AssertionError("not refused: " + answer);
        }
        return answer.get("refused").getAsString();
    }

    void chunk(int id, int offset, byte[] bytes) throws IOException {
        line().put(new Frame(LineType.CHUNK, id, offset, bytes));
    }

    void hangUp() {
        line().close();
    }

    /** Names by id. */
    Map<String, String> registered() {
        return new TreeMap<>(nodes);
    }

    @Override
    public void close() throws IOException {
        server.close();
        line.ifPresent(Line::close);
        try {
            accepting.join(1000); // the port is free then
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
