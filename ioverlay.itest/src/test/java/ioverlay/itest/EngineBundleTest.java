package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * What the engine's bundle promises, and those that it stands on: small, nobody else's code, and for the container
 * alone or the engine alone.
 */
class EngineBundleTest {
    private static final long BYTES_MAX = 150_000;

    /** With what the engine stands on: nothing is made small by putting it elsewhere ({@code docs/decisions/0040}). */
    private static final long ALL_BYTES_MAX = 260_000;

    @TempDir
    private Path directory;

    @Test
    void is_small() throws IOException {
        assertThat(Files.size(Jars.ours("ioverlay.engine"))).isLessThan(BYTES_MAX);
    }

    @Test
    void is_small_with_what_it_stands_on() throws IOException {
        long bytes = 0;
        for (String bundle : List.of("ioverlay.engine", "ioverlay.io", "ioverlay.traffic")) {
            bytes += Files.size(Jars.ours(bundle));
        }

        assertThat(bytes).isLessThan(ALL_BYTES_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ioverlay.io", "ioverlay.traffic", "ioverlay.engine"})
    void holds_no_code_but_its_own(String bundle) throws IOException {
        try (JarFile jar = new JarFile(Jars.ours(bundle).toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()))
                    .allMatch(entry -> entry.getName().startsWith(bundle.replace('.', '/') + "/")
                            || entry.getName().startsWith("META-INF/"));
        }
    }

    @ParameterizedTest
    @CsvSource({"ioverlay.io.wire, engine", "ioverlay.traffic.shape, engine", "ioverlay.engine, container"})
    void is_wired_only_to_who_says_whom_it_is_for(String exported, String importer) throws Exception {
        try (LiveContainer container = LiveContainer.with()) {
            Bundle stranger = importing(container, "stranger", exported);
            Bundle friend = importing(container, "friend", exported + ";for=" + importer);

            assertThatThrownBy(stranger::start)
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining(exported);
            friend.start();
            assertThat(friend.getState()).isEqualTo(Bundle.ACTIVE);
        }
    }

    private Bundle importing(LiveContainer container, String name, String imports) throws Exception {
        Path jar =
                TestBundle.of(name, "1.0.0").header("Import-Package", imports).write(directory);
        return container.context().installBundle(jar.toUri().toString());
    }
}
