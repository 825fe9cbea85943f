package ioverlay.observer.fleet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import ioverlay.api.NodeId;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The lines of all containers, and through them their nodes.
 *
 * <p><b>Threads:</b> any; what a container says is taken on the thread of its line.
 */
public final class Switchboard implements Fleet, AutoCloseable {
    private static final Logger LOG = System.getLogger(Switchboard.class.getName());

    private final InstantSource clock;
    private final EventMarks marks;
    private final Bulletin bulletin;
    private final Counts counts = new Counts();
    private final Roll roll;
    private final Trunks trunks = new Trunks();
    private final Rounds rounds;
    private final Orders orders;
    private final Deliveries deliveries;
    private final Admission admission;

    /** Set by who closes: lines that end then have not lost their nodes. */
    private volatile boolean closed;

    /**
     * No lines yet.
     *
     * @param marks a file that says up to which event each container was heard, over a restart of the observer; if empty,
     *     containers repeat theirs then
     */
    public Switchboard(FleetSettings settings, Optional<Path> marks) {
        this(settings, marks, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault());
    }

    Switchboard(
            FleetSettings settings,
            Optional<Path> file,
            InstantSource clock,
            LongSupplier ticks,
            RandomGenerator random) {
        this.clock = clock;
        marks = new EventMarks(file);
        bulletin = new Bulletin(clock);
        roll = new Roll(clock, ticks, random, bulletin);
        rounds = new Rounds(settings, roll, trunks::list, marks, counts);
        orders = new Orders(roll, trunks::get, bulletin, clock);
        deliveries = new Deliveries(trunks::get, bulletin, clock);
        admission = new Admission(settings, roll, trunks, rounds::soon, counts);
        rounds.start();
    }

    /**
     * Serves a container until its line ends.
     *
     * @throws IOException if it has a line already that is alive, or this one breaks before the container is welcome
     */
    void serve(Line line, Opening opening) throws IOException {
        Trunk trunk = entered(line, opening);
        String why = "the observer ends";
        try {
            while (true) {
                take(trunk, line.read(0));
            }
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
            LOG.log(level(e), "the line of container {0} at {1} ends: {2}", trunk.id(), line.peer(), why);
        } finally {
            trunk.end(why);
            left(trunk, why);
        }
    }

    private void left(Trunk trunk, String why) {
        trunks.leave(trunk, () -> {
            if (!closed) {
                roll.lost(trunk.id(), why);
            }
        });
    }

    private Trunk entered(Line line, Opening opening) throws IOException {
        Optional<String> refusal = admission.enters(opening.container());
        if (refusal.isPresent()) {
            throw Reception.turnedAway(line, refusal.get());
        }
        try {
            if (closed) {
                throw new IOException("the observer ends");
            }
            Trunk trunk = new Trunk(opening, line, clock.instant());
            JsonObject welcome = new JsonObject();
            welcome.addProperty("line", Opening.VERSION);
            welcome.addProperty("event", marks.last(opening.container()));
            trunks.enter(trunk, Frame.of(LineType.WELCOME, 0, welcome))
                    .ifPresent(before -> before.end("it does not answer, and its container has opened another"));
            rounds.soon(trunk); // also without nodes: who is asked nothing takes the line for dead
            return trunk;
        } finally {
            admission.entered(opening.container());
        }
    }

    /** A container that ends as it should is nothing that a person must see; the log of the observer has it all the same. */
    private Level level(IOException e) {
        if (closed || e instanceof EOFException) {
            return Level.DEBUG;
        }
        return e instanceof ProtocolException ? Level.WARNING : Level.INFO;
    }

    private void take(Trunk trunk, Frame frame) throws IOException {
        trunk.heard();
        switch (frame.type()) {
            case LineType.BOOT -> boot(trunk, frame);
            case LineType.GONE -> roll.gone(node(frame.object()), trunk.id());
            case LineType.EVENT -> event(trunk, frame.object());
            case LineType.REPLY -> trunk.answered(frame);
            default ->
                throw new ProtocolException(
                        "a container does not say frames of type 0x" + Integer.toHexString(frame.type()));
        }
    }

    private static NodeId node(JsonObject json) throws ProtocolException {
        try {
            return NodeId.parse(text(json, "node"));
        } catch (IllegalArgumentException e) {
            throw (ProtocolException) new ProtocolException("a node is named as IP:port").initCause(e);
        }
    }

    private static String text(JsonObject json, String member) throws ProtocolException {
        if (json.get(member) instanceof JsonPrimitive text) {
            return text.getAsString();
        }
        throw new ProtocolException("a frame about a node says its '" + member + "'");
    }

    private void boot(Trunk trunk, Frame frame) throws IOException {
        JsonObject boot = frame.object();
        NodeId node = node(boot);
        String name = text(boot, "name");
        if (name.isEmpty() || name.length() > 64) {
            throw new ProtocolException("a node's name has 1 to 64 characters, not " + name.length());
        }
        admission.boot(trunk, frame.param1(), node, name);
    }

    private void event(Trunk trunk, JsonObject json) throws ProtocolException {
        Told told = Told.read(json, trunk.id());
        if (marks.isNew(trunk.id(), told.number())) {
            bulletin.heard(told.happening(), () -> marks.told(trunk.id(), told.number()));
        }
    }

    /** Tells all who listen of something that the observer itself has done. */
    @Override
    public void announce(Happening happening) {
        bulletin.happened(happening);
    }

    @Override
    public List<Member> members() {
        return roll.members();
    }

    @Override
    public Optional<Member> member(String node) {
        try {
            return roll.find(NodeId.parse(node));
        } catch (IllegalArgumentException e) {
            List<Member> named = roll.members().stream()
                    .filter(member -> member.name().equals(node))
                    .toList();
            return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
        }
    }

    @Override
    public List<Home> homes() {
        return trunks.list().stream()
                .map(trunk -> new Home(
                        trunk.id(), trunk.opening().host(), trunk.opening().pid(), trunk.since(), roll.of(trunk.id())))
                .toList();
    }

    @Override
    public CompletableFuture<JsonElement> order(NodeId node, JsonObject command, String who) {
        return orders.order(node, command, who);
    }

    @Override
    public CompletableFuture<JsonElement> orderHome(String home, JsonObject command, String who) {
        return orders.orderHome(home, command, who);
    }

    @Override
    public CompletableFuture<JsonElement> bring(String home, Path bundle, String sha256, String name, String who) {
        return deliveries.bring(home, bundle, sha256, name, who);
    }

    @Override
    public FleetCounts counts() {
        return counts.now(bulletin.dropped());
    }

    /** A line over a connection, counted. */
    Line line(Socket socket) throws IOException {
        return Line.over(socket, counts.bytesIn, counts.bytesOut);
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        return bulletin.listen(listener);
    }

    /**
     * Ends every line; who listens hears what was heard until then, if it takes no longer than {@value Outbox#CLOSE_MS} ms. What
     * it does not hear is said again by the containers, to the next observer with these marks. Idempotent.
     */
    @Override
    public void close() {
        closed = true;
        rounds.close();
        trunks.list().forEach(trunk -> trunk.end("the observer ends"));
        orders.close();
        deliveries.close();
        bulletin.close();
        marks.close();
    }
}
