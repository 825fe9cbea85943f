package ioverlay.container;

import ioverlay.api.container.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Resolves a bundle; where that fails, finds what is missing and what comes nearest to it. */
final class Resolution {
    private static final int MAX_NEAREST = 3;

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
                    + firstMissing(bundle).map(this::describe).orElseGet(() -> frameworksWords(bundle)));
        }
    }

    private Optional<BundleRequirement> firstMissing(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
                .filter(Resolution::isMandatory)
                .filter(requirement -> capabilities(requirement.getNamespace()).noneMatch(requirement::matches))
                .findFirst();
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
        Matcher name = Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)*]+)\\)")
                .matcher(filter);
        String nearest = name.find() ? nearest(namespace, name.group(1)) : "";
        return "it requires " + namespace + " " + filter + ", which no bundle here provides; "
                + (nearest.isEmpty() ? "nothing of that name is here" : "the nearest is " + nearest);
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
