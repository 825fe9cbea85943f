package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bnd made of the annotations. */
class BundleTest {
    private static final Path CLASSES = Path.of("target", "classes");

    private static String header(String name) throws IOException {
        try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
            return String.valueOf(new Manifest(in).getMainAttributes().getValue(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "source.backtoback, BackToBackSource",
        "source.cbr, ConstantRateSource",
        "sink.counting, CountingSink",
        "file.source, FileSource",
        "file.sink, FileSink",
        "stream, stream.LiveStream"
    })
    void each_application_is_a_prototype_component_with_its_name(String type, String className) throws IOException {
        assertThat(CLASSES.resolve("OSGI-INF/ioverlay.app." + className + ".xml"))
                .content()
                .contains("name=\"ioverlay.application.type\" type=\"String\" value=\"" + type + "\"")
                .contains("<service scope=\"prototype\">")
                .contains("<provide interface=\"ioverlay.api.Application\"/>");
    }

    @ParameterizedTest
    @CsvSource({"source.backtoback", "source.cbr", "sink.counting", "file.source", "file.sink", "stream"})
    void each_application_is_a_capability_in_the_bundles_version(String type) throws IOException {
        assertThat(header("Provide-Capability").replace("\"", "")) // quoted only where there is a dot
                .contains("ioverlay.application;ioverlay.application=" + type + ";version:Version="
                        + header("Bundle-Version"));
    }

    @Test
    void nothing_is_exported() throws IOException {
        assertThat(header("Export-Package")).isEqualTo("null");
    }
}
