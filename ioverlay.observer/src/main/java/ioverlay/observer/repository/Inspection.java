package ioverlay.observer.repository;

import ioverlay.api.container.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * Judges whether a file is a bundle that containers would take: what can be said before one sees it. They look again
 * themselves, at what is their own business too.
 */
final class Inspection {
    private static final String CAPABILITY = "ioverlay.algorithm";
    private static final String COMPONENT = "Service-Component";
    private static final int MOST_ALGORITHMS = 100;
    private static final int LONGEST_NAME = 200;

    /** What containers export: the api, its JSON, the framework, and what the platform has. */
    private static final List<String> EXPORTED = List.of(
            "ioverlay.api",
            "com.google.gson",
            "java",
            "javax",
            "jdk.incubator.vector",
            "org.osgi",
            "org.w3c.dom",
            "org.xml.sax");

    private final Attributes headers;

    private final Set<String> names;

    private Inspection(Jar jar) {
        headers = jar.headers();
        names = jar.names();
    }

    /**
     * Looks at it.
     *
     * @throws RefusedException with the rule that does not hold and the value
     * @throws IOException if the file cannot be read at all
     */
    static Kept.Facts of(Path file) throws IOException {
        return new Inspection(Jar.of(file)).facts();
    }

    private Kept.Facts facts() {
        String name = Clause.all(header(Constants.BUNDLE_SYMBOLICNAME)).stream()
                .flatMap(clause -> clause.names().stream())
                .findFirst()
                .orElse("");
        require(!name.isEmpty(), "a bundle has a " + Constants.BUNDLE_SYMBOLICNAME + ", and none is in it");
        require(
                name.length() <= LONGEST_NAME && name.matches("[A-Za-z0-9_.-]+"),
                "a " + Constants.BUNDLE_SYMBOLICNAME + " has at most " + LONGEST_NAME
                        + " letters, digits and _ . -, and this one has not");
        requireManifest();
        requireCode();
        String exported = header(Constants.EXPORT_PACKAGE);
        require(exported.isBlank(), "an algorithm's bundle exports nothing, not " + shortened(exported));
        require(header(Constants.FRAGMENT_HOST).isBlank(), "a bundle that is added is no fragment");
        require(
                header(Constants.REQUIRE_BUNDLE).isBlank(),
                "an algorithm's bundle requires no other bundle, not " + shortened(header(Constants.REQUIRE_BUNDLE)));
        return new Kept.Facts(name, version(), algorithms(), imports());
    }

    /** Of an older kind the framework would not see the capability. */
    private void requireManifest() {
        String kind = header(Constants.BUNDLE_MANIFESTVERSION).strip();
        require(
                kind.equals("2"),
                "a bundle's " + Constants.BUNDLE_MANIFESTVERSION + " is 2, not "
                        + (kind.isEmpty() ? "left out" : shortened(kind)));
    }

    /** What only claims to have an algorithm would be found out in the middle of a rollout. */
    private void requireCode() {
        require(
                names.stream().anyMatch(name -> name.endsWith(".class") || name.endsWith(".jar")),
                "an algorithm's bundle has its classes in it, and there is none");
        for (Clause component : Clause.all(header(COMPONENT))) {
            for (String name : component.names()) {
                require(
                        name.contains("*") || names.contains(name),
                        "what the " + COMPONENT + " of a bundle names is in it, and not so " + shortened(name));
            }
        }
    }

    private Version version() {
        String version = header(Constants.BUNDLE_VERSION);
        require(!version.isBlank(), "a bundle has a " + Constants.BUNDLE_VERSION + ", and none is in it");
        try {
            return Version.parseVersion(version);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "a " + Constants.BUNDLE_VERSION + " is written as 1.2.3 or 1.2.3.qualifier, not '"
                            + shortened(version) + "'",
                    e);
        }
    }

    private List<String> algorithms() {
        List<String> algorithms = Clause.all(header(Constants.PROVIDE_CAPABILITY)).stream()
                .filter(clause -> clause.names().contains(CAPABILITY))
                .flatMap(clause -> Optional.ofNullable(clause.values().get(CAPABILITY)).stream())
                .distinct()
                .sorted()
                .toList();
        require(
                !algorithms.isEmpty(),
                "a bundle that is uploaded provides the capability " + CAPABILITY
                        + ", see @AlgorithmType; none is in it");
        require(
                algorithms.size() <= MOST_ALGORITHMS,
                "a bundle has at most " + MOST_ALGORITHMS + " algorithms, not " + algorithms.size());
        algorithms.forEach(name -> require(
                !name.isBlank() && name.length() <= LONGEST_NAME,
                "the name of an algorithm has 1 to " + LONGEST_NAME + " characters, not " + name.length()));
        return algorithms;
    }

    /** Those that it needs; what is optional may be missing. */
    private List<String> imports() {
        List<String> needed = Clause.all(header(Constants.IMPORT_PACKAGE)).stream()
                .filter(clause -> !"optional".equals(clause.values().get("resolution:")))
                .flatMap(clause -> clause.names().stream())
                .distinct()
                .sorted()
                .toList();
        List<String> foreign = needed.stream().filter(name -> !isExported(name)).toList();
        require(
                foreign.isEmpty(),
                "an algorithm's bundle imports what containers export (the api, com.google.gson, the platform)"
                        + " and carries the rest itself, not " + shortened(String.join(", ", foreign)));
        return needed;
    }

    private static boolean isExported(String name) {
        return EXPORTED.stream().anyMatch(root -> name.equals(root) || name.startsWith(root + "."));
    }

    private String header(String name) {
        return Optional.ofNullable(headers.getValue(name)).orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new RefusedException(sentence);
        }
    }
}
