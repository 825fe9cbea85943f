package ioverlay.bench.observer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.bench.Conditions;
import ioverlay.bench.FailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One measurement: an observer, a container full of nodes, and time. */
final class Watch {
    /** Of the time, before memory is first looked at: classes are loaded and compiled, caches and pools filled. */
    private static final int WARM_UP_PART = 5;

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
    private static final Duration SAY_EVERY = Duration.ofSeconds(60);
    private static final double PERCENT = 100;

    private final ObserverOptions options;
    private final PrintStream out;

    Watch(ObserverOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    ObserverReport run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ioverlay-bench-observer");
        try (Overlay observer = observer(Files.createDirectory(folder.resolve("observer")));
                Overlay nodes = nodes(observer, Files.createDirectory(folder.resolve("nodes")));
                OpenPage page = OpenPage.at(web(observer))) {
            return watch(observer, nodes, page);
        } finally {
            remove(folder);
        }
    }

    private Overlay observer(Path folder) throws IOException, InterruptedException {
        return Overlay.start(
                folder,
                "observer",
                "--data",
                folder.resolve("data").toString(),
                "--poll",
                Long.toString(options.poll().toMillis()));
    }

    private Overlay nodes(Overlay observer, Path folder) throws IOException, InterruptedException {
        return Overlay.start(
                folder,
                "node",
                "--nodes",
                Integer.toString(options.nodes()),
                "--observer",
                observer.ready().get("observer").getAsString());
    }

    private ObserverReport watch(Overlay observer, Overlay nodes, OpenPage page)
            throws IOException, InterruptedException {
        awaitAll(observer);
        Duration warmUp = least(options.time().dividedBy(WARM_UP_PART), LONGEST_WARM_UP);
        Thread.sleep(warmUp);
        long heapBefore = observer.heap();
        long residentBefore = observer.resident();
        Duration observerBefore = observer.processor();
        Duration nodesBefore = nodes.processor();
        long began = System.nanoTime();
        for (Duration left = options.time(); left.isPositive(); left = left.minus(SAY_EVERY)) {
            Thread.sleep(least(left, SAY_EVERY));
            out.printf(
                    "  %.0f s: observer %.1f %% of a core, resident %d MB%n",
                    seconds(began),
                    share(observer.processor().minus(observerBefore), began),
                    observer.resident() >> 20);
        }
        double observerShare = share(observer.processor().minus(observerBefore), began);
        double nodesShare = share(nodes.processor().minus(nodesBefore), began);
        return new ObserverReport(
                options,
                observerShare,
                nodesShare,
                heapBefore,
                observer.heap(),
                residentBefore,
                observer.resident(),
                live(observer),
                stalest(observer),
                page.bytes(),
                Conditions.here());
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double share(Duration processor, long began) {
        return PERCENT * processor.toNanos() / (System.nanoTime() - began);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void awaitAll(Overlay observer) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        while (live(observer) < options.nodes()) {
            if (System.nanoTime() > deadline) {
                throw new FailedException("the observer knows of " + live(observer) + " of " + options.nodes()
                        + " nodes after " + LONGEST_WARM_UP.toSeconds() + " s");
            }
            Thread.sleep(Duration.ofMillis(200));
        }
    }

    /** How many nodes the page shows as live. */
    private static int live(Overlay observer) throws IOException {
        return (int) nodes(observer).stream()
                .filter(node -> node.get("state").getAsString().equals("live"))
                .count();
    }

    /** How long ago the node was seen that was seen last before all others. */
    private static Duration stalest(Overlay observer) throws IOException {
        Instant now = Instant.now();
        return nodes(observer).stream()
                .map(node -> Duration.between(Instant.parse(node.get("seen").getAsString()), now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static URI web(Overlay observer) {
        return URI.create(observer.ready().get("web").getAsString());
    }

    private static List<JsonObject> nodes(Overlay observer) throws IOException {
        try (InputStream body = web(observer).resolve("api/nodes").toURL().openStream()) {
            return JsonParser.parseString(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("nodes")
                    .asList()
                    .stream()
                    .map(JsonElement::getAsJsonObject)
                    .toList();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        }
    }
}
