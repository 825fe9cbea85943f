package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What the engine's bundle promises: small, nobody else's code, and for the container alone. */
class EngineBundleTest {
    private static final long BYTES_MAX = 150_000;

    @TempDir
    private Path directory;

    @Test
    void is_small() throws IOException {
        assertThat(Files.size(Jars.ours("ioverlay.engine"))).isLessThan(BYTES_MAX);
    }

    @Test
    void holds_no_code_but_its_own() throws IOException {
        try (JarFile jar = new JarFile(Jars.ours("ioverlay.engine").toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()))
                    .allMatch(entry -> entry.getName().startsWith("ioverlay/engine/")
                            || entry.getName().startsWith("META-INF/"));
        }
    }

    @Test
    void is_wired_only_to_who_imports_it_for_the_container() throws Exception {
        try (LiveContainer container = LiveContainer.with()) {
            Bundle stranger = importing(container, "stranger", "ioverlay.engine");
            Bundle friend = importing(container, "friend", "ioverlay.engine;for=container");

            assertThatThrownBy(stranger::start)
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("ioverlay.engine");
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
