package ioverlay.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a bundle's manifest says that it provides. */
final class Capabilities {
    private Capabilities() {}

    /** The names in that name space; none if the file is no bundle, which deploying it will say better. */
    static Set<String> names(Path bundle, String namespace) {
        Set<String> names = new HashSet<>();
        try (JarFile jar = new JarFile(bundle.toFile())) {
            Manifest manifest = jar.getManifest();
            String provided = manifest == null
                    ? ""
                    : Objects.requireNonNullElse(manifest.getMainAttributes().getValue("Provide-Capability"), "");
            Matcher matcher = Pattern.compile(
                            Pattern.quote(namespace) + ";" + Pattern.quote(namespace) + "=\"?([^\";,]+)")
                    .matcher(provided);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        } catch (IOException e) {
            System.getLogger(Capabilities.class.getName()).log(System.Logger.Level.DEBUG, "no bundle: " + bundle, e);
        }
        return names;
    }
}
