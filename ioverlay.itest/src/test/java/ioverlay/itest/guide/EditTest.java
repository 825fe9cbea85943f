package ioverlay.itest.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditTest {
    @TempDir
    private Path directory;

    private String edited(String text, String diff) throws Exception {
        Files.writeString(directory.resolve("file"), text);
        Edit.of(diff).apply(directory);
        return Files.readString(directory.resolve("file"));
    }

    @Test
    void each_place_is_found_by_its_text() throws Exception {
        assertThat(edited("a\nb\nc\nd\n", "--- file\n@@\n-d\n@@\n a\n-b\n+x\n+y\n c\n"))
                .isEqualTo("a\nx\ny\nc\n");
    }

    @Test
    void a_place_that_is_not_there_or_twice_is_an_error() {
        assertThatThrownBy(() -> edited("a\n", "--- file\n@@\n-b\n"))
                .hasMessageStartingWith("this must be once in file");
        assertThatThrownBy(() -> edited("a\na\n", "--- file\n@@\n-a\n")).hasMessageStartingWith("this must be once");
        assertThatThrownBy(() -> Edit.of("+a\n")).hasMessageStartingWith("an edit begins with");
    }

    @Test
    void blocks_come_with_their_kind_and_line() {
        assertThat(Guide.blocks("text\n\n```sh up\na\nb\n```\n\n    ```\n\n```diff\n c\n```\n"))
                .containsExactly(new Guide.Block("sh up", "a\nb\n", 3), new Guide.Block("diff", " c\n", 10));
    }
}
