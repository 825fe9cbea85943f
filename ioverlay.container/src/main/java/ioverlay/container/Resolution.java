package ioverlay.container;

import ioverlay.api.container.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Resolves a bundle; where that fails, finds what is missing and what comes nearest to it. */
final class Resolution {
    private static final int MAX_NEAREST = 3;

    private static final Map<String, String> NOUNS = Map.of(
            PackageNamespace.PACKAGE_NAMESPACE, "the package",
            BundleNamespace.BUNDLE_NAMESPACE, "the bundle",
            ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE, "the Java platform");

    private static final Pattern BELOW = Pattern.compile("\\(!\\([a-z-]*version>=([^)]+)\\)\\)");
    private static final Pattern LEAST = Pattern.compile("(?<!!)\\([a-z-]*version(?:=|>=)([^)]+)\\)");

    private final BundleContext context;

    Resolution(BundleContext context) {
        this.context = context;
    }

    /**
     * Resolves.
     *
     * @throws RefusedException naming the missing requirement and the nearest candidates
     */
    void resolve(Bundle bundle) {
        FrameworkWiring framework =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        if (!framework.resolveBundles(List.of(bundle))) {
            throw new RefusedException(bundle.getSymbolicName() + " " + bundle.getVersion() + " does not resolve: "
                    + missing(bundle).orElseGet(() -> frameworksWords(bundle)));
        }
    }

    /** What a bundle requires and nobody provides, and the nearest to it; empty if nothing is missing by itself. */
    Optional<String> missing(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
                .filter(Resolution::isMandatory)
                .filter(requirement -> capabilities(requirement.getNamespace()).noneMatch(requirement::matches))
                .findFirst()
                .map(this::describe);
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        String effective = requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        return (resolution == null || resolution.equals(Namespace.RESOLUTION_MANDATORY))
                && (effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE));
    }

    private Stream<BundleCapability> capabilities(String namespace) {
        return Stream.of(context.getBundles())
                .flatMap(bundle -> Stream.ofNullable(bundle.adapt(BundleRevision.class)))
                .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream());
    }

    private String describe(BundleRequirement requirement) {
        String namespace = requirement.getNamespace();
        String filter = Optional.ofNullable(requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE))
                .orElse("");
        Matcher found = Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)*]+)\\)")
                .matcher(filter);
        String name = found.find() ? found.group(1) : "";
        String nearest = name.isEmpty() ? "" : nearest(namespace, name);
        return "it requires " + inWords(namespace, name, filter) + ", which no bundle here provides; "
                + (nearest.isEmpty() ? "nothing of that name is here" : "the nearest is " + nearest);
    }

    private static String inWords(String namespace, String name, String filter) {
        String noun = NOUNS.getOrDefault(namespace, namespace);
        return name.isEmpty() ? noun + " " + filter : noun + " " + name + versions(filter);
    }

    private static String versions(String filter) {
        Matcher least = LEAST.matcher(filter);
        Matcher below = BELOW.matcher(filter);
        String from = least.find() ? least.group(1) : "";
        if (below.find()) {
            return " in versions [" + (from.isEmpty() ? "0" : from) + "," + below.group(1) + ")";
        }
        return from.isEmpty() ? "" : " in version " + from + " or higher";
    }

    private String nearest(String namespace, String name) {
        return capabilities(namespace)
                .filter(capability -> name.equals(capability.getAttributes().get(namespace)))
                .limit(MAX_NEAREST)
                .map(capability -> name + " " + capability.getAttributes().getOrDefault("version", "") + " of bundle "
                        + capability.getRevision().getSymbolicName())
                .collect(Collectors.joining(", "));
    }

    private static String frameworksWords(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "the framework gives no reason";
        } catch (BundleException e) {
            return Reason.of(e);
        }
    }
}
