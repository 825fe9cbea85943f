package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a node of a tree knows of itself and its neighbours, and how it tells them. */
abstract class Member extends BasicAlgorithm {
    static final int SEARCH = 1;
    static final int EXCHANGE = 2;
    static final int RELEASE = 3;
    static final int PROBE = 4;
    static final int TELL = 5;
    static final int ABDICATION = 6;

    private static final Duration PROBE_AGAIN = Duration.ofMillis(250);
    private static final int PROBE_SPREAD_MS = 750;

    /** Nobody misses more changes of the source; who says so is not believed. */
    private static final long MOST_MISSED = 1_000;

    final Family family = new Family();
    final Exchange exchange = new Exchange(this);
    private final LastMile lastMile = new LastMile();
    TreeSettings settings = TreeSettings.read(new JsonObject());

    @Carried
    boolean root;

    @Carried
    private String source = "";

    /** The number of the source's reign. */
    @Carried
    long reign;

    /** Of this node's announcements while it is the root. */
    @Carried
    private long call;

    @Carried
    private double rate;

    private long latestReign;

    // ---- for the parts of the algorithm

    final NodeId id() {
        return self();
    }

    final void say(int type, JsonObject body, NodeId to) {
        send(message(type).payload(Word.write(body)).build(), to);
    }

    final void sayAll(int type, JsonObject body, List<NodeId> nodes) {
        send(message(type).payload(Word.write(body)).build(), nodes.toArray(NodeId[]::new));
    }

    final void after(int timer, Duration delay) {
        timer(timer, delay);
    }

    final void stop(int timer) {
        cancelTimer(timer);
    }

    /** Looks for a member among the known hosts; the request's id. */
    final int findMember() {
        return find();
    }

    final RandomGenerator chance() {
        return random();
    }

    /** An id that a successor does not repeat. */
    final int dice() {
        return random().nextInt();
    }

    /** Nanoseconds since the node started. */
    final long clock() {
        return now();
    }

    final List<NodeId> hosts() {
        return knownHosts();
    }

    final void meet(NodeId host) {
        know(host);
    }

    // ---- the last mile

    final void probe() {
        settings.probe().ifPresent(partner -> measureBandwidth(PROBE, partner));
    }

    final void reported(Message report) {
        if (lastMile.reported(Payloads.json(report))) {
            timer(PROBE, Duration.ZERO);
        }
        rateMayHaveChanged();
    }

    final void measured(JsonObject result) {
        if (result.has("bytesPerSecond")) {
            lastMile.measured(result.get("bytesPerSecond").getAsDouble());
            rateMayHaveChanged();
        } else {
            timer(
                    PROBE,
                    PROBE_AGAIN.plusMillis(random().nextInt(PROBE_SPREAD_MS))); // a busy partner serves one at a time
        }
    }

    private void rateMayHaveChanged() {
        if (rate != lastMile.rate()) {
            rate = lastMile.rate();
            exchange.changed();
        }
    }

    // ---- what this node is

    final Vitals vitals() {
        return new Vitals(self(), family.degree(), rate);
    }

    final boolean isRoot() {
        return root;
    }

    final boolean isRooted() {
        return root
                || (family.parent().isPresent()
                        && family.above().map(Report::rooted).orElse(false));
    }

    final Optional<NodeId> source() {
        return source.isEmpty() ? Optional.empty() : Optional.of(NodeId.parse(source));
    }

    /** The tree says so, or a word of one that knows of no reigns; whether that is news. */
    final boolean learnSource(NodeId said, long saidReign) {
        boolean isOther = !root && !source.equals(said.toString());
        if (isOther) {
            source = said.toString();
        }
        if (!root && saidReign > 0) {
            reign = saidReign;
        }
        return isOther;
    }

    /** Somebody announced it. Who has a way up to a source hears from there who it is; who has none believes anybody. */
    final void hears(NodeId announced, long announcedReign) {
        latestReign = Math.max(latestReign, Math.min(announcedReign, latest() + MOST_MISSED));
        if (!isRooted()) {
            learnSource(announced, 0);
        }
    }

    private long latest() {
        return Math.max(reign, latestReign);
    }

    /** From now on, later than all that it has heard of. */
    final void beSource() {
        reign = latest() + 1;
        root = true;
        source = self().toString();
        call = random().nextLong() ^ now();
    }

    final long call() {
        return call;
    }

    final Report report() {
        return new Report(
                vitals(),
                isRooted(),
                family.path(),
                family.vitals(),
                source,
                reign,
                family.above().map(Report::vitals));
    }

    final List<NodeId> neighbours() {
        List<NodeId> all = new ArrayList<>(family.children());
        family.parent().ifPresent(all::add);
        return all;
    }

    final void attach(NodeId parent) {
        say(Word.ATTACH, vitals().toJson(), parent);
    }

    final void detach(NodeId neighbour) {
        say(Word.DETACH, new JsonObject(), neighbour);
    }

    /** Goes on from what was carried. */
    final void resume() {
        lastMile.resume(rate);
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("source", source);
        status.addProperty("parent", family.parent().map(NodeId::toString).orElse(""));
        status.add("children", Word.ofNodes(family.children()));
        status.addProperty("rooted", isRooted());
        status.addProperty("degree", family.degree());
        status.addProperty("rate", rate);
        status.addProperty("stress", rate == 0 ? -1 : vitals().stress());
        return status;
    }
}
