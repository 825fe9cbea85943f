package ioverlay.bench.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.Events;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.bench.FailedException;
import ioverlay.bench.Steering;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One soak from the first node to the last: a source per session, relays that all sessions share, leaves that come and
 * go, and two nodes in processes of their own that are killed.
 *
 * <pre>
 * s1, s2, s3 → i1, i2, i3, v2;  i1 → i4, v1;  i2 → i5;  i3 → i6;  any of i1 … i6 → leaves;  v1, v2 → two leaves each
 * </pre>
 *
 * <p><b>Threads:</b> one.
 */
final class Season {
    private static final int RELAYS = 6;
    private static final int LEAST_LEAVES = 3;

    /** All that are always there, in this container: sources, relays, and the leaves of those that are killed. */
    private static final int STEADY = Grove.SESSIONS + RELAYS + 4;

    private static final List<String> VERSIONS = List.of("[1.0,1.0.1)", "[1.1,1.2)", "[2.0,2.1)");
    private static final Probation SHORT = Probation.STANDARD.lasting(Duration.ofMillis(100));
    private static final long SWAP_LIMIT_S = 30;
    private static final long LEAST_RATE = 60_000;
    private static final int MORE_RATE = 1_000_000;
    private static final long SOURCE_RATE = 150_000;
    private static final int LONGEST_ABSENCE_MS = 2000;
    private static final int LONGEST_PAUSE_MS = 200;
    private static final long LOOK_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_EVENTS_MS = 1000;
    private static final long END_S = 30;

    private final Steering steering;
    private final SoakOptions options;
    private final Random random;
    private final Ends ends = new Ends();
    private final Grove grove;
    private final Reckoning reckoning;
    private final Deeds deeds = new Deeds();
    private final Set<String> findings = new LinkedHashSet<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<Killings> victims = new ArrayList<>();
    private final List<CompletableFuture<Void>> departures = new ArrayList<>();
    private int leafNumber;

    Season(Steering steering, SoakOptions options) {
        this.steering = steering;
        this.options = options;
        random = new Random(options.seed());
        grove = new Grove(steering.nodes(), ends);
        reckoning = new Reckoning(steering, grove, ends, deeds, findings);
    }

    /** Lives through it; nothing is left of it afterwards. */
    SeasonReport live(Events events, Steps steps) throws InterruptedException, IOException {
        Events.Subscription subscription = events.subscribe(ends::heard);
        try (ExecutorService remover = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                plant();
                grow(steps, remover);
                reckoning.settle(victims);
                reckoning.drain();
                reckoning.account(leaves, victims);
            } finally {
                fell(remover);
            }
            TimeUnit.MILLISECONDS.sleep(LAST_EVENTS_MS);
        } finally {
            subscription.close();
        }
        findings.addAll(ends.disagreements());
        return new SeasonReport(deeds, ends, victims, List.copyOf(findings));
    }

    private void plant() throws IOException {
        List<Integer> all = List.of(1, 2, 3);
        for (int i = 1; i <= RELAYS; i++) {
            grove.relay("i" + i, all);
        }
        for (int i = 1; i <= RELAYS / 2; i++) {
            for (int session : all) {
                grove.join("i" + i, session, grove.id("i" + (i + RELAYS / 2)));
            }
        }
        Killings first = victim("v1", 1, 2);
        Killings second = victim("v2", 3, 1);
        for (int session : all) {
            String source = "s" + session;
            grove.relay(source, List.of(session));
            for (int i = 1; i <= RELAYS / 2; i++) {
                grove.join(source, session, grove.id("i" + i));
            }
            grove.join(source, session, second.id());
            grove.join("i1", session, first.id());
        }
        for (int i = 0; i < LEAST_LEAVES; i++) {
            join();
        }
        all.forEach(session -> grove.source("s" + session, session, SOURCE_RATE));
    }

    private Killings victim(String name, int one, int other) throws IOException {
        NodeId first = grove.leaf(name + "-" + one, one);
        NodeId second = grove.leaf(name + "-" + other, other);
        Killings victim = new Killings(name, Map.of(one, first, other, second));
        ends.victim(victim.id().toString());
        victims.add(victim);
        leaves.add(new Leaf(name + "-" + one, first, one, ""));
        leaves.add(new Leaf(name + "-" + other, second, other, ""));
        return victim;
    }

    private void grow(Steps steps, ExecutorService remover) throws InterruptedException {
        long end = System.nanoTime() + options.time().toNanos();
        long look = System.nanoTime();
        while (System.nanoTime() - end < 0) {
            act(remover);
            if (System.nanoTime() - look >= 0) {
                reckoning.look(leaves, victims);
                look = System.nanoTime() + LOOK_EVERY_NS;
                steps.next(Duration.ofNanos(end - System.nanoTime()), deeds, findings.size());
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MS));
        }
    }

    private void act(ExecutorService remover) throws InterruptedException {
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                if (STEADY + leaves.size() - 4 < options.nodes()) {
                    join();
                }
            }
            case 2, 3 -> leave(remover);
            case 4 -> kill();
            case 5, 6 -> change();
            default -> swap();
        }
    }

    private void join() {
        int session = 1 + random.nextInt(Grove.SESSIONS);
        String above = "i" + (1 + random.nextInt(RELAYS));
        String name = "leaf" + ++leafNumber;
        NodeId id = grove.leaf(name, session);
        leaves.add(new Leaf(name, id, session, above));
        grove.join(above, session, id);
        deeds.joins++;
    }

    /** Half of them before the node above has heard of it. */
    private void leave(ExecutorService remover) {
        List<Leaf> free = leaves.stream().filter(leaf -> !leaf.isBelowVictim()).toList();
        if (free.size() <= LEAST_LEAVES) {
            return;
        }
        Leaf leaf = free.get(random.nextInt(free.size()));
        leaves.remove(leaf);
        reckoning.checkIntact(leaf);
        grove.forget(leaf.name);
        boolean rude = random.nextBoolean();
        if (!rude) {
            grove.leave(leaf.above, leaf.session, leaf.id);
        }
        departures.removeIf(CompletableFuture::isDone);
        departures.add(CompletableFuture.runAsync(() -> grove.remove(leaf.name), remover));
        if (rude) {
            grove.leave(leaf.above, leaf.session, leaf.id);
        }
        deeds.leaves++;
    }

    private void kill() throws InterruptedException {
        Killings victim = victims.get(random.nextInt(victims.size()));
        if (victim.isReady()) {
            victim.kill(random.nextInt(LONGEST_ABSENCE_MS));
            deeds.kills++;
        }
    }

    private void change() {
        List<String> names = grove.names();
        String node = names.get(random.nextInt(names.size()));
        JsonObject change = new JsonObject();
        List<LinkStatus> links = grove.status(node).downstreams();
        if (random.nextBoolean() && !links.isEmpty()) {
            JsonObject link = new JsonObject();
            link.addProperty(
                    "to", links.get(random.nextInt(links.size())).peer().toString());
            cap(link, "bytesPerSecond");
            link.addProperty("latencyMillis", random.nextInt(3) == 0 ? random.nextInt(50) : 0);
            JsonArray one = new JsonArray();
            one.add(link);
            change.add("links", one);
        } else {
            cap(change, List.of("total", "in", "out").get(random.nextInt(3)));
        }
        try {
            steering.network().emulate(node, change);
            deeds.rates++;
        } catch (RefusedException e) {
            // The link has just gone: that is the right answer.
            if (!change.has("links")) {
                findings.add("a rate was refused: " + e.getMessage());
            }
        }
    }

    private void cap(JsonObject where, String name) {
        if (random.nextInt(3) == 0) {
            where.add(name, JsonNull.INSTANCE);
        } else {
            where.addProperty(name, LEAST_RATE + random.nextInt(MORE_RATE));
        }
    }

    private void swap() throws InterruptedException {
        List<String> names = grove.names();
        String node = names.get(random.nextInt(names.size()));
        List<NodeStatus.SlotStatus> slots = grove.status(node).slots();
        NodeStatus.SlotStatus slot = slots.get(random.nextInt(slots.size()));
        // Another one than serves: which would be refused.
        String versions = VERSIONS.stream()
                .filter(range -> !range.startsWith("[" + slot.version().substring(0, 3)))
                .skip(random.nextInt(VERSIONS.size() - 1))
                .findFirst()
                .orElseThrow();
        try {
            SwapResult result = steering.swaps()
                    .swap(new SwapRequest(node, slot.application(), "relay", versions).withProbation(SHORT))
                    .get(SWAP_LIMIT_S, TimeUnit.SECONDS);
            deeds.swaps++;
            if (result.outcome() != Outcome.SWITCHED) {
                deeds.notSwapped++;
                findings.add("a swap did not switch: " + node + ": " + result.sentence());
            }
        } catch (TimeoutException e) {
            findings.add("a swap has not ended within " + SWAP_LIMIT_S + " s at " + node);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a swap always has a result", e);
        }
    }

    private void fell(ExecutorService remover) throws InterruptedException {
        victims.forEach(Killings::close);
        List<CompletableFuture<Void>> all = new ArrayList<>(departures);
        for (String node : grove.names()) {
            all.add(CompletableFuture.runAsync(() -> grove.remove(node), remover));
        }
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(END_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new FailedException("not all nodes end within " + END_S + " s: " + e);
        }
    }
}
