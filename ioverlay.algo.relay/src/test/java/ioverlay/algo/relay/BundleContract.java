package ioverlay.algo.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** What bnd made of the annotations, in every version. */
abstract class BundleContract {
    private static final Path CLASSES = Path.of("target", "classes");

    /** The bundle's version. */
    abstract String version();

    /** The class of the component. */
    abstract Class<?> component();

    private static Attributes manifest() throws IOException {
        try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        }
    }

    @Test
    void the_bundle_has_its_name_and_version() throws IOException {
        assertThat(manifest().getValue("Bundle-SymbolicName")).isEqualTo("ioverlay.algo.relay");
        assertThat(manifest().getValue("Bundle-Version")).isEqualTo(version());
    }

    @Test
    void the_algorithm_is_a_capability_in_the_bundles_version() throws IOException {
        assertThat(manifest().getValue("Provide-Capability"))
                .contains("ioverlay.algorithm;ioverlay.algorithm=relay;version:Version=\"" + version() + "\"");
    }

    @Test
    void the_algorithm_is_a_prototype_component_with_its_name() throws IOException {
        assertThat(CLASSES.resolve("OSGI-INF/" + component().getName() + ".xml"))
                .content()
                .contains("name=\"ioverlay.algorithm.type\" type=\"String\" value=\"relay\"")
                .contains("<service scope=\"prototype\">")
                .contains("<provide interface=\"ioverlay.api.Algorithm\"/>");
    }

    @Test
    void nothing_is_exported() throws IOException {
        assertThat(manifest().getValue("Export-Package")).isNull();
    }
}
