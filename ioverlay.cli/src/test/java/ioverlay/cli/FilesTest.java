package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written and removed: {@link JsonFile}, {@link Scratch}, and {@link Digests} that reads it again. */
class FilesTest {
    @TempDir
    private Path folder;

    private static JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("passed", true);
        return json;
    }

    @Test
    void aResultIsWrittenWholeAndLeavesNothingBesideIt() throws IOException {
        Path target = folder.resolve("result.json");

        JsonFile.at(target).write(json());

        assertThat(target).hasContent("{\n  \"passed\": true\n}\n");
        assertThat(folder).isDirectoryContaining(target::equals).isDirectoryNotContaining("glob:**/.overlay-*");
    }

    @Test
    void aResultReplacesTheOneBefore() throws IOException {
        Path target = Files.writeString(folder.resolve("result.json"), "old");

        JsonFile.at(target).write(json());

        assertThat(target).content().doesNotContain("old");
    }

    @Test
    void findingOutThatAResultCanBeWrittenWritesNothing() {
        JsonFile.at(folder.resolve("result.json"));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aResultIsWrittenWhereALinkPoints() throws IOException {
        Path target = Files.writeString(folder.resolve("result.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        JsonFile.at(link).write(json());

        assertThat(link).isSymbolicLink();
        assertThat(target).content().doesNotContain("old");
    }

    @Test
    void aPipeIsWrittenToAndNotReplaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> content(pipe));

        JsonFile.at(pipe).write(json());

        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("{\n  \"passed\": true\n}\n");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aResultMayBeReadByWhoMayReadOtherFiles() throws IOException {
        Path other = Files.createFile(folder.resolve("other"));
        Path target = folder.resolve("result.json");

        JsonFile.at(target).write(json());

        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void aResultInNoFolderIsRefused() {
        Path target = folder.resolve("none").resolve("result.json");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> JsonFile.at(target))
                .withMessage(
                        "--json needs a file that can be written, not '" + target + "': no such file or directory");
    }

    @Test
    void aResultThatIsAFolderIsRefused() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> JsonFile.at(folder))
                .withMessageContaining("'" + folder + "' is a directory");
    }

    @Test
    void aScratchDirectoryGoesAwayWithAllThatIsInIt() throws IOException {
        Scratch scratch = Scratch.open("test");
        Files.createDirectories(scratch.directory().resolve("a").resolve("b"));
        Files.writeString(scratch.directory().resolve("a").resolve("file"), "x");

        scratch.close();

        assertThat(scratch.directory()).doesNotExist();
    }

    @Test
    void aScratchDirectoryMayBeClosedTwice() throws IOException {
        Scratch scratch = Scratch.open("test");

        scratch.close();
        scratch.close();

        assertThat(scratch.directory()).doesNotExist();
    }

    @Test
    void aDigestIsThatOfTheWholeFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");

        assertThat(Digests.sha256(file)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
