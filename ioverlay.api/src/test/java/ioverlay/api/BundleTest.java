package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** What bnd made of the annotations. */
class BundleTest {
    private static String header(String name) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("target", "classes", "META-INF", "MANIFEST.MF"))) {
            return String.valueOf(new Manifest(in).getMainAttributes().getValue(name));
        }
    }

    @Test
    void both_packages_are_exported_with_a_version() throws IOException {
        assertThat(header("Export-Package"))
                .containsPattern("ioverlay\\.api;version=\"\\d")
                .containsPattern("ioverlay\\.api\\.container;.*version=\"\\d");
    }

    @Test
    void null_annotations_are_needed_by_the_compiler_only() throws IOException {
        assertThat(header("Import-Package"))
                .containsPattern("org\\.jspecify\\.annotations;version=\"[^\"]*\";resolution:=optional");
    }
}
