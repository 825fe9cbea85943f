package ioverlay.container.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no framework; the rest is in the tests with a real one. */
final class BundleFileTest {
    private static final String MANIFEST = """
            Manifest-Version: 1.0
            Bundle-ManifestVersion: 2
            Bundle-SymbolicName: x.y;singleton:=true
            Bundle-Version: 1.2
            Provide-Capability: ioverlay.algorithm;ioverlay.algorithm=z
            """;

    @TempDir
    private Path directory;

    private Path jar(int level, String... namesAndContents) throws Exception {
        Path jar = Files.createTempFile(directory, "bundle", ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(level);
            for (int at = 0; at < namesAndContents.length; at += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[at]));
                zip.write(namesAndContents[at + 1].getBytes(UTF_8));
            }
        }
        return jar;
    }

    @Test
    void nameAndVersionAreRead() throws Exception {
        BundleFile file = BundleFile.read(
                jar(Deflater.DEFAULT_COMPRESSION, "META-INF/MANIFEST.MF", MANIFEST)
                        .toUri(),
                "");
        assertThat(file.symbolicName()).isEqualTo("x.y");
        assertThat(file.version()).hasToString("1.2.0");
        assertThat(file.location()).matches("ioverlay:x\\.y@[0-9a-f]{64}");
    }

    @Test
    void contentsAreTheSameHoweverTheyWerePacked() throws Exception {
        BundleFile one = BundleFile.read(
                jar(Deflater.NO_COMPRESSION, "META-INF/MANIFEST.MF", MANIFEST, "a", "1", "b", "2")
                        .toUri(),
                "");
        BundleFile other = BundleFile.read(
                jar(Deflater.BEST_COMPRESSION, "b", "2", "META-INF/MANIFEST.MF", MANIFEST, "a", "1")
                        .toUri(),
                "");
        assertThat(other.contents()).isEqualTo(one.contents());
        assertThat(other.location()).isNotEqualTo(one.location());
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws Exception {
        Path large = directory.resolve("large.jar");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Repository.MAX_BUNDLE_BYTES + 1L);
        }
        assertThatThrownBy(() -> BundleFile.read(large.toUri(), ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at most " + Repository.MAX_BUNDLE_BYTES);
    }

    @Test
    void aFragmentIsRefused() throws Exception {
        Path fragment =
                jar(Deflater.DEFAULT_COMPRESSION, "META-INF/MANIFEST.MF", MANIFEST + "Fragment-Host: system.bundle\n");
        assertThatThrownBy(() -> BundleFile.read(fragment.toUri(), ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("fragment");
    }
}
