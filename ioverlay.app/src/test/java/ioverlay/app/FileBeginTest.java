package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.Message;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBeginTest {
    private static FileBegin read(String json) {
        return FileBegin.read(Message.builder(FakeSession.SELF, FileBegin.TYPE)
                .payload(json.replace('\'', '"'))
                .build());
    }

    @Test
    void what_is_written_is_read() {
        FileBegin file = FileBegin.of("größe.txt", 1000, 300);
        assertThat(read(new String(file.payload(), StandardCharsets.UTF_8))).isEqualTo(file);
    }

    @Test
    void the_last_chunk_has_the_rest() {
        FileBegin file = FileBegin.of("a", 1000, 300);
        assertThat(file.chunks()).isEqualTo(4);
        assertThat(file.messages()).isEqualTo(6);
        assertThat(file.position(4)).isEqualTo(900);
        assertThat(file.bytes(3)).isEqualTo(300);
        assertThat(file.bytes(4)).isEqualTo(100);
    }

    @Test
    void an_empty_file_has_no_chunks() {
        assertThat(FileBegin.of("a", 0, 300).messages()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../a", "/etc/passwd", "a/b", "a\\b", "a\u0000b", "a\nb"})
    void a_name_with_a_path_is_refused(String name) {
        assertThatThrownBy(() -> FileBegin.of(name, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a file's name has 1 to 250 bytes and no path, not");
    }

    @Test
    void a_name_too_long_for_a_file_system_is_refused() {
        assertThatThrownBy(() -> FileBegin.of("ä".repeat(126), 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("250 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'file':'a','size':-1,'chunkBytes':1,'messages':2}",
                "{'file':'a','size':1125899906842625,'chunkBytes':1,'messages':1125899906842627}",
                "{'file':'a','size':1,'chunkBytes':0,'messages':3}",
                "{'file':'a','size':1,'chunkBytes':1048577,'messages':3}",
                "{'file':'a','size':1,'chunkBytes':1,'messages':4}",
                "{'file':'a','size':'x','chunkBytes':1,'messages':3}",
                "{'file':['a'],'size':1,'chunkBytes':1,'messages':3}",
                "{'file':'a'}",
                "[]",
                "nonsense {",
                ""
            })
    void a_broken_description_is_refused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
