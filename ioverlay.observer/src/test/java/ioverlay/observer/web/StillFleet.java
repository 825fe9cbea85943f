package ioverlay.observer.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Home;
import ioverlay.observer.fleet.Member;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fleet that is what the test says. */
public class StillFleet implements Fleet {
    private static final Instant BORN = Instant.parse("2026-11-23T01:00:00Z");

    public final List<Member> members = new CopyOnWriteArrayList<>();
    public final List<Listener> listeners = new CopyOnWriteArrayList<>();
    public final List<String> orders = new CopyOnWriteArrayList<>();

    /** Adds a live node with a status. */
    public Member add(String name, int port, String status) {
        Member member = new Member(
                NodeId.parse("127.0.0.1:" + port),
                name,
                "home-1",
                Member.State.LIVE,
                BORN,
                BORN.plusSeconds(5),
                JsonParser.parseString(status).getAsJsonObject());
        members.add(member);
        return member;
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members);
    }

    @Override
    public Optional<Member> member(String node) {
        return members.stream()
                .filter(member ->
                        member.id().toString().equals(node) || member.name().equals(node))
                .findFirst();
    }

    @Override
    public List<Home> homes() {
        List<NodeId> nodes = new ArrayList<>();
        members.forEach(member -> nodes.add(member.id()));
        return List.of(new Home("home-1", "localhost", 42, BORN, nodes));
    }

    @Override
    public CompletableFuture<JsonElement> order(NodeId node, JsonObject command, String who) {
        return obey(node + " " + command + " " + who, command);
    }

    @Override
    public CompletableFuture<JsonElement> orderHome(String home, JsonObject command, String who) {
        return obey(home + " " + command + " " + who, command);
    }

    private CompletableFuture<JsonElement> obey(String order, JsonObject command) {
        if (command.has("wrong")) {
            return CompletableFuture.failedFuture(new RefusedException("status has no member 'wrong'"));
        }
        orders.add(order);
        return CompletableFuture.completedFuture(new JsonObject());
    }

    @Override
    public CompletableFuture<JsonElement> bring(String home, Path bundle, String sha256, String name, String who) {
        orders.add("bring " + home + " " + sha256 + " " + who);
        return CompletableFuture.completedFuture(JsonParser.parseString("{\"algorithms\":[]}"));
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
