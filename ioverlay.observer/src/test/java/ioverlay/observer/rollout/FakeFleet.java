package ioverlay.observer.rollout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Home;
import ioverlay.observer.fleet.Member;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Nodes in containers of three, with time by hand. */
final class FakeFleet implements Fleet {
    private static final int NODES_PER_HOME = 3;

    final Map<NodeId, FakeNode> nodes = new TreeMap<>();
    final List<String> brought = new ArrayList<>();
    String refusesBundles = "";

    /** Whether it passes on no more answers, as an observer that ends. */
    boolean ends;

    /** Of whom it can say nothing, as if what it heard were beyond it. */
    String stumblesAt = "";

    private final List<Listener> listeners = new ArrayList<>();
    private final InstantSource clock;

    FakeFleet(InstantSource clock, int count) {
        this.clock = clock;
        for (int number = 1; number <= count; number++) {
            FakeNode node = new FakeNode(number, "home" + (number - 1) / NODES_PER_HOME);
            nodes.put(node.id, node);
        }
    }

    FakeNode node(int number) {
        return nodes.get(NodeId.parse("127.0.0.1:" + (5000 + number)));
    }

    void advance(long ms) {
        nodes.values().forEach(node -> node.advance(ms));
    }

    /** The node says that it ends. */
    void end(int number) {
        FakeNode node = node(number);
        node.state = Member.State.GONE;
        listeners.forEach(listener -> listener.changed(node.member(clock.instant())));
    }

    /** The node was lost for so long that it is known no more: it has not said that it ends. */
    void forget(int number) {
        FakeNode node = node(number);
        for (Member.State state : List.of(Member.State.LOST, Member.State.GONE)) {
            node.state = state;
            listeners.forEach(listener -> listener.changed(node.member(clock.instant())));
        }
    }

    /** Those of an observer that is no more hear nothing. */
    void deafen() {
        listeners.clear();
    }

    @Override
    public List<Member> members() {
        return nodes.values().stream().map(node -> node.member(clock.instant())).toList();
    }

    @Override
    public Optional<Member> member(String node) {
        if (node.equals(stumblesAt)) {
            throw new IllegalStateException("what " + node + " says is beyond it");
        }
        return members().stream()
                .filter(member -> member.state() != Member.State.GONE)
                .filter(member ->
                        member.id().toString().equals(node) || member.name().equals(node))
                .findFirst();
    }

    @Override
    public List<Home> homes() {
        return nodes.values().stream()
                .map(node -> node.home)
                .distinct()
                .map(home -> new Home(home, "host", 1, clock.instant(), List.of()))
                .toList();
    }

    @Override
    public CompletableFuture<JsonElement> order(NodeId node, JsonObject command, String who) {
        return nodes.get(node)
                .obey(command)
                .thenCompose(answer -> ends
                        ? CompletableFuture.failedFuture(new RejectedExecutionException("shut down"))
                        : CompletableFuture.completedFuture(answer));
    }

    @Override
    public CompletableFuture<JsonElement> orderHome(String home, JsonObject command, String who) {
        JsonObject json = new JsonObject();
        json.add("algorithms", new JsonArray());
        return CompletableFuture.completedFuture(json);
    }

    @Override
    public CompletableFuture<JsonElement> bring(String home, Path bundle, String sha256, String name, String who) {
        if (!refusesBundles.isEmpty()) {
            return CompletableFuture.failedFuture(new RefusedException(refusesBundles));
        }
        brought.add(home);
        return CompletableFuture.completedFuture(new JsonObject());
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
