package ioverlay.observer.fleet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Member.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Who is there: every node that has registered and has not ended.
 *
 * <p><b>Threads:</b> any.
 */
final class Roll {
    /** How long one is kept that was lost. */
    static final Duration LOST_KEPT = Duration.ofMinutes(10);

    /** The most that are kept. */
    static final int MOST = 10_000;

    private final InstantSource clock;
    private final LongSupplier ticks;
    private final RandomGenerator random;
    private final Bulletin bulletin;
    private final Map<NodeId, Entry> entries = new TreeMap<>();

    /** A member, and when it registered or was lost, in {@link #now}. */
    private record Entry(Member member, long changedNs) {}

    /** What became of a registration. */
    enum Registered {
        /** The node is there. */
        DONE,
        /** Nothing changed: there are too many. */
        TOO_MANY,
        /** Nothing changed: a node of that id is live in another container. */
        TAKEN
    }

    /**
     * Nobody is there.
     *
     * @param clock says what time it is to people
     * @param ticks nanoseconds, of a clock that nobody sets
     */
    Roll(InstantSource clock, LongSupplier ticks, RandomGenerator random, Bulletin bulletin) {
        this.clock = clock;
        this.ticks = ticks;
        this.random = random;
        this.bulletin = bulletin;
    }

    synchronized List<Member> members() {
        return entries.values().stream().map(Entry::member).toList();
    }

    synchronized Optional<Member> find(NodeId id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::member);
    }

    synchronized int live() {
        return (int) entries.values().stream()
                .filter(entry -> entry.member().state() == State.LIVE)
                .count();
    }

    /** Those of a container that are there, by id. */
    synchronized List<NodeId> of(String home) {
        return entries.values().stream()
                .map(Entry::member)
                .filter(member -> member.home().equals(home) && member.state() == State.LIVE)
                .map(Member::id)
                .toList();
    }

    /** The present, for {@link #seen}. */
    long now() {
        return ticks.getAsLong();
    }

    /**
     * A node registers, the first time or again. Who is live elsewhere keeps its place.
     *
     * @param instead container that does not count any more; empty if all do
     */
    synchronized Registered registers(NodeId id, String name, String home, String instead) {
        Optional<Member> was = find(id);
        if (was.isEmpty() && entries.size() >= MOST) {
            return Registered.TOO_MANY;
        }
        if (was.filter(known -> known.state() == State.LIVE)
                .filter(known -> !known.home().equals(home) && !known.home().equals(instead))
                .isPresent()) {
            return Registered.TAKEN;
        }
        Optional<Member> same =
                was.filter(known -> known.home().equals(home) && known.name().equals(name));
        Instant now = clock.instant();
        Member member = same.map(known -> with(known, State.LIVE))
                .orElseGet(() -> new Member(id, name, home, State.LIVE, now, now, new JsonObject()));
        entries.put(id, new Entry(member, now()));
        bulletin.changed(member);
        if (same.filter(known -> known.state() == State.LIVE).isEmpty()) {
            bulletin.seen("node.joined", member, same.isPresent() ? "is back: its container is" : "has registered");
        }
        return Registered.DONE;
    }

    private static Member with(Member member, State state) {
        return new Member(
                member.id(), member.name(), member.home(), state, member.since(), member.seen(), member.status());
    }

    /** A random choice of live nodes but for one itself. */
    synchronized List<NodeId> choose(int most, NodeId but) {
        List<NodeId> live = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            Member member = entry.member();
            if (member.state() == State.LIVE && !member.id().equals(but)) {
                live.add(member.id());
            }
        }
        int chosen = Math.min(most, live.size());
        for (int at = 0; at < chosen; at++) {
            int other = at + random.nextInt(live.size() - at);
            NodeId here = live.get(at);
            live.set(at, live.get(other));
            live.set(other, here);
        }
        return List.copyOf(live.subList(0, chosen));
    }

    /**
     * What a container says of its nodes.
     *
     * @param askedNs when, as {@link #now} was, so that who registered later is not taken for one that has ended
     */
    synchronized void seen(String home, long askedNs, Collection<JsonObject> documents) {
        Instant now = clock.instant();
        Set<NodeId> there = new HashSet<>();
        for (JsonObject document : documents) {
            Optional<Entry> entry = id(document)
                    .map(entries::get)
                    .filter(known -> known.member().home().equals(home))
                    .filter(known -> known.member().state() == State.LIVE);
            entry.ifPresent(known -> {
                Member was = known.member();
                there.add(was.id());
                if (document.size() == 1) {
                    return; // it is there, and too busy to say what it does
                }
                Member is = new Member(was.id(), was.name(), home, State.LIVE, was.since(), now, document);
                entries.put(was.id(), new Entry(is, known.changedNs()));
                bulletin.changed(is);
            });
        }
        List<NodeId> gone = entries.values().stream()
                .filter(entry -> entry.member().home().equals(home))
                .filter(entry -> entry.changedNs() - askedNs < 0)
                .map(entry -> entry.member().id())
                .filter(id -> !there.contains(id))
                .toList();
        gone.forEach(id -> gone(id, home));
    }

    private static Optional<NodeId> id(JsonObject document) {
        JsonElement id = document.get("id");
        try {
            return id instanceof JsonPrimitive text ? Optional.of(NodeId.parse(text.getAsString())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a document of nobody
        }
    }

    /** A node has ended. Who registered through another container meanwhile stays. */
    synchronized void gone(NodeId id, String home) {
        Entry entry = entries.get(id);
        if (entry != null && entry.member().home().equals(home)) {
            entries.remove(id);
            bulletin.changed(with(entry.member(), State.GONE));
        }
    }

    /** The line to a container broke. */
    synchronized void lost(String home, String why) {
        long now = now();
        for (Entry entry : List.copyOf(entries.values())) {
            Member member = entry.member();
            if (member.home().equals(home) && member.state() == State.LIVE) {
                Member lost = with(member, State.LOST);
                entries.put(member.id(), new Entry(lost, now));
                bulletin.changed(lost);
                bulletin.seen("node.lost", lost, "no line to its container: " + why);
            }
        }
    }

    /** Forgets who was lost long ago. */
    synchronized void forget() {
        long oldest = now() - LOST_KEPT.toNanos();
        List<Member> forgotten = entries.values().stream()
                .filter(entry -> entry.member().state() == State.LOST)
                .filter(entry -> entry.changedNs() - oldest < 0)
                .map(Entry::member)
                .toList();
        forgotten.forEach(member -> gone(member.id(), member.home()));
    }
}
