package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.Repository.Retired;
import ioverlay.container.retire.Departures;
import ioverlay.container.store.Offered;
import ioverlay.container.store.Stored;
import ioverlay.container.store.Vault;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Explains to a person what state a bundle is in, and why.
 *
 * <p><b>Threads:</b> any.
 */
final class Inquiry {
    /** How many of a bundle's departures are told, the latest first. */
    private static final int MAX_RETIRED = 3;

    private final BundleContext context;
    private final Catalogue<Algorithm> algorithms;
    private final Vault vault;
    private final Directory directory;
    private final Departures departures;

    Inquiry(
            BundleContext context,
            Catalogue<Algorithm> algorithms,
            Vault vault,
            Directory directory,
            Departures departures) {
        this.context = context;
        this.algorithms = algorithms;
        this.vault = vault;
        this.directory = directory;
        this.departures = departures;
    }

    /** Sentences about a bundle: its symbolic name, that and a version with a colon between, or its number. */
    List<String> why(String asked) {
        List<Bundle> installed = Stream.of(context.getBundles())
                .filter(bundle -> isAsked(bundle, asked))
                .toList();
        List<Stored> stored = vault.all().stream()
                .filter(bundle ->
                        isAsked(bundle.symbolicName(), bundle.version().toString(), asked))
                .filter(bundle ->
                        installed.stream().noneMatch(other -> other.getVersion().equals(bundle.version())))
                .toList();
        List<String> sentences = new ArrayList<>();
        installed.forEach(bundle -> explain(bundle, sentences));
        stored.forEach(bundle -> sentences.add(bundle + " is stored and not installed; it is installed by itself when"
                + " a swap or a new node asks for " + String.join(" or ", bundle.algorithms())
                + " in a range whose highest version it is"));
        departures.all().stream()
                .filter(retired -> isAsked(retired.bundle(), retired.version(), asked))
                .limit(MAX_RETIRED)
                .forEach(retired -> sentences.add(left(retired)));
        return sentences.isEmpty() ? List.of(unknown(asked)) : List.copyOf(sentences);
    }

    private static String left(Retired retired) {
        return retired.bundle() + " " + retired.version() + " was retired at "
                + retired.since().truncatedTo(ChronoUnit.SECONDS) + ", since no slot used it any more; its code is "
                + (retired.unloaded() ? "gone" : "still held: " + String.join("; ", retired.holders()));
    }

    private static boolean isAsked(Bundle bundle, String asked) {
        return Long.toString(bundle.getBundleId()).equals(asked)
                || isAsked(
                        String.valueOf(bundle.getSymbolicName()),
                        bundle.getVersion().toString(),
                        asked);
    }

    private static boolean isAsked(String symbolicName, String version, String asked) {
        return asked.equals(symbolicName) || asked.equals(symbolicName + ":" + version);
    }

    private void explain(Bundle bundle, List<String> sentences) {
        String name = bundle.getSymbolicName() + " " + bundle.getVersion() + " (bundle " + bundle.getBundleId() + ")";
        sentences.add(name + " " + state(bundle));
        if (bundle.getState() == Bundle.ACTIVE) {
            sentences.addAll(new Components(context).faults(bundle));
            sentences.addAll(unkept(bundle));
        }
        sentences.addAll(users(bundle));
    }

    private String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.INSTALLED ->
                "does not resolve: "
                        + new Resolution(context)
                                .missing(bundle)
                                .orElse("nothing is missing now, so it has not been tried since; start it");
            case Bundle.RESOLVED -> "is resolved and was not started, or was stopped: start it";
            case Bundle.STARTING -> "is starting";
            case Bundle.STOPPING -> "is stopping";
            case Bundle.ACTIVE -> "is active";
            default -> "is uninstalled";
        };
    }

    private List<String> unkept(Bundle bundle) {
        List<String> there = algorithms.of(bundle).stream().map(Source::name).toList();
        return Offered.names(bundle, Offered.ALGORITHM).stream()
                .filter(name -> !there.contains(name))
                .map(name -> "it promises the algorithm '" + name + "' and has not registered it")
                .toList();
    }

    private List<String> users(Bundle bundle) {
        List<ServiceReference<?>> references = algorithms.of(bundle).stream()
                .<ServiceReference<?>>map(Source::reference)
                .toList();
        List<String> slots = directory.all().stream()
                .flatMap(node -> node.slots().stream()
                        .filter(slot -> references.stream().anyMatch(slot::isServedBy))
                        .map(slot -> "slot " + Integer.toUnsignedString(slot.application()) + " of " + node.name()))
                .toList();
        if (references.isEmpty()) {
            return List.of();
        }
        return List.of(slots.isEmpty() ? "no slot uses it" : "it serves " + String.join(", ", slots));
    }

    private String unknown(String asked) {
        String name = asked.contains(":") ? asked.substring(0, asked.indexOf(':')) : asked;
        Optional<String> nearest = Stream.concat(
                        Stream.of(context.getBundles())
                                .map(bundle -> bundle.getSymbolicName() + ":" + bundle.getVersion()),
                        vault.all().stream().map(bundle -> bundle.symbolicName() + ":" + bundle.version()))
                .min(Comparator.comparingInt(other -> distance(name, other.substring(0, other.indexOf(':')))));
        return "there is no bundle '" + asked + "' here"
                + nearest.map(other -> "; the nearest is " + other).orElse("");
    }

    /** How many letters have to change to make one of the other (Levenshtein). */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int at = 0; at <= other.length(); at++) {
            row[at] = at;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
