package ioverlay.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/** What a bundle's manifest says that it provides. */
final class Capabilities {
    private Capabilities() {}

    /** Algorithms, each with the bundle's version; none if the file is no bundle, which deploying it will say better. */
    static Map<String, Set<Version>> algorithms(Path bundle) {
        Attributes manifest = manifest(bundle);
        Set<Version> versions = version(manifest);
        return names(manifest, "ioverlay.algorithm").stream()
                .collect(Collectors.toMap(Function.identity(), name -> versions));
    }

    /** Types of applications; likewise. */
    static Set<String> applications(Path bundle) {
        return names(manifest(bundle), "ioverlay.application");
    }

    /** None if it has none that can be read: then it is not doubted. */
    private static Set<Version> version(Attributes manifest) {
        try {
            return Set.of(Version.parseVersion(manifest.getValue("Bundle-Version")));
        } catch (IllegalArgumentException e) {
            return Set.of();
        }
    }

    private static Set<String> names(Attributes manifest, String namespace) {
        String provided = Objects.requireNonNullElse(manifest.getValue("Provide-Capability"), "");
        Matcher matcher = Pattern.compile(Pattern.quote(namespace) + ";" + Pattern.quote(namespace) + "=\"?([^\";,]+)")
                .matcher(provided);
        Set<String> names = new HashSet<>();
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static Attributes manifest(Path bundle) {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        } catch (IOException e) {
            System.getLogger(Capabilities.class.getName()).log(System.Logger.Level.DEBUG, "no bundle: " + bundle, e);
            return new Attributes();
        }
    }
}
