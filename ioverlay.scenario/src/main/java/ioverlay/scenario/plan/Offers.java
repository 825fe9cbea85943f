package ioverlay.scenario.plan;

import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scenario can use.
 *
 * @param algorithms names, of the container and of the bundles that the file deploys
 * @param applications types; empty if they are not known
 * @param containers how those can be named that nodes are made in; empty if nodes are made in this process
 */
public record Offers(Set<String> algorithms, Set<String> applications, Set<String> containers) {
    private static final int MOST_CONTAINERS = 1000;
    private static final String VERSION = "[0-9]{1,9}(\\.[0-9]{1,9}(\\.[0-9]{1,9}(\\.[0-9A-Za-z_-]+)?)?)?";
    private static final Pattern RANGE = Pattern.compile(VERSION + "|[\\[(]" + VERSION + "," + VERSION + "[\\])]");

    /** Keeps its own sets. */
    public Offers {
        algorithms = Set.copyOf(algorithms);
        applications = Set.copyOf(applications);
        containers = Set.copyOf(containers);
    }

    /** Those of this process. */
    public Offers(Set<String> algorithms, Set<String> applications) {
        this(algorithms, applications, Set.of());
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
        return known(at, name, algorithms, "algorithm");
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

    private static String known(Value at, String name, Collection<String> names, String what) {
        if (!names.isEmpty() && !names.contains(name)) {
            throw at.mistake("there is no " + what + " '" + name + "' in this container and the file's bundles"
                    + Nearest.hint(name, names));
        }
        return name;
    }
}
