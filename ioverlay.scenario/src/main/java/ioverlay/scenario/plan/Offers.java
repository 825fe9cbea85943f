package ioverlay.scenario.plan;

import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What a scenario can use.
 *
 * @param algorithms of the container and of the bundles that the file deploys, by name, each with its versions; none if they
 *     are not known
 * @param applications types; empty if they are not known
 * @param containers how those can be named that nodes are made in; empty if nodes are made in this process
 */
public record Offers(Map<String, Set<Version>> algorithms, Set<String> applications, Set<String> containers) {
    private static final int MOST_CONTAINERS = 1000;
    private static final String VERSION = "[0-9]{1,9}(\\.[0-9]{1,9}(\\.[0-9]{1,9}(\\.[0-9A-Za-z_-]+)?)?)?";
    private static final Pattern RANGE = Pattern.compile(VERSION + "|[\\[(]" + VERSION + "," + VERSION + "[\\])]");

    /** Keeps its own sets. */
    public Offers {
        algorithms = algorithms.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
        applications = Set.copyOf(applications);
        containers = Set.copyOf(containers);
    }

    /** Without versions: none is doubted. */
    public Offers(Set<String> algorithms, Set<String> applications, Set<String> containers) {
        this(withoutVersions(algorithms), applications, containers);
    }

    /** Those of this process, without versions. */
    public Offers(Set<String> algorithms, Set<String> applications) {
        this(algorithms, applications, Set.of());
    }

    private static Map<String, Set<Version>> withoutVersions(Set<String> algorithms) {
        return algorithms.stream().collect(Collectors.toMap(Function.identity(), name -> Set.of()));
    }

    /** The same names, and no version is doubted: for where more of them may come than can be seen. */
    Offers withoutVersions() {
        return new Offers(withoutVersions(algorithms.keySet()), applications, containers);
    }

    /** A container by its number, or by its id or host. */
    String container(Value value) {
        if (value.isNumber()) {
            return String.valueOf(Quantity.whole(value, 1, MOST_CONTAINERS));
        }
        String text = Fields.text(value);
        if (!containers.isEmpty() && !containers.contains(text)) {
            throw value.mistake("a container is named by its number, its id or its host, and there is no '" + text + "'"
                    + Nearest.hint(text, containers));
        }
        return text;
    }

    String algorithm(Value at, String name) {
        return known(at, name, algorithms.keySet(), "algorithm");
    }

    String application(Value at, String name) {
        return known(at, name, applications, "application");
    }

    String range(Value value, String algorithm) {
        String text = Fields.text(value);
        if (!RANGE.matcher(text.replace(" ", "")).matches()) {
            throw value.wrong("a version range of '" + algorithm + "' is as [1.0,1.1) or 1.0");
        }
        return text;
    }

    /** A range, in which the algorithm has a version. */
    String versions(Value value, String algorithm) {
        String text = range(value, algorithm);
        Set<Version> known = algorithms.getOrDefault(algorithm, Set.of());
        VersionRange range = VersionRange.valueOf(text.replace(" ", ""));
        if (!known.isEmpty() && known.stream().noneMatch(range::includes)) {
            throw value.mistake("no version of '" + algorithm
                    + "' in this container and the file's bundles is in the range " + text
                    + "; there is "
                    + new TreeSet<>(known).stream().map(Version::toString).collect(Collectors.joining(", ")));
        }
        return text;
    }

    private static String known(Value at, String name, Collection<String> names, String what) {
        if (!names.isEmpty() && !names.contains(name)) {
            throw at.mistake("there is no " + what + " '" + name + "' in this container and the file's bundles"
                    + Nearest.hint(name, names));
        }
        return name;
    }
}
