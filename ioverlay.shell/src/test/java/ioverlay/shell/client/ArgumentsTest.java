package ioverlay.shell.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static Arguments read(String... texts) {
        return Arguments.of(texts, Map.of(), "/home/me");
    }

    @Test
    void theDataDirectoryIsTheUsersUnlessItIsGiven() {
        assertThat(read().data()).isEqualTo(Path.of("/home/me/.local/share/ioverlay"));
        assertThat(Arguments.of(new String[0], Map.of("XDG_DATA_HOME", "/d"), "/home/me")
                        .data())
                .isEqualTo(Path.of("/d/ioverlay"));
        assertThat(read("--data", "/x").data()).isEqualTo(Path.of("/x"));
        assertThat(read("--data=/x/../y").data()).isEqualTo(Path.of("/y"));
    }

    @Test
    void commandsComeFromTheLineOrFromAFile() {
        assertThat(read("-c", "nodes; exit").commands()).contains("nodes; exit");
        assertThat(read("my.script").file()).contains(Path.of("my.script"));
    }

    @Test
    void whatIsWrongIsASentence() {
        assertThatThrownBy(() -> read("-x")).hasMessage("The command overlay shell takes no -x");
        assertThatThrownBy(() -> read("--data")).hasMessage("--data needs a directory");
        assertThatThrownBy(() -> read("--data", "")).hasMessage("--data needs a directory, not ''");
        assertThatThrownBy(() -> read("--data=")).hasMessage("--data needs a directory, not ''");
        assertThatThrownBy(() -> read("-c", "a", "-c", "b"))
                .hasMessage("-c is given once, with semicolons between its commands");
        assertThatThrownBy(() -> read("-c", "a", "b")).hasMessage("Either -c or a file, not both");
        assertThatThrownBy(() -> read("a", "b")).hasMessage("The command overlay shell takes one file, not b too");
    }
}
