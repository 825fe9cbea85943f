package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Scratch scratch = Scratch.open();
        Files.createDirectories(scratch.directory().resolve("a").resolve("b"));
        Files.writeString(scratch.directory().resolve("a").resolve("file"), "x");

        scratch.close();

        assertThat(scratch.directory()).doesNotExist();
    }

    @Test
    void aScratchDirectoryMayBeClosedTwice() throws IOException {
        Scratch scratch = Scratch.open();

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
