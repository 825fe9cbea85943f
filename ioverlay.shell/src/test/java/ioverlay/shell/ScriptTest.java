package ioverlay.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void takesATextApartAtSemicolonsAndLinesOutsideOfBrackets() {
        assertThat(Script.commands("a b; c | d\n# said aside\ne { f; g } && h\n\n i 'j;k'"))
                .containsExactly("a b", "c | d", "e { f; g } && h", "i 'j;k'");
        assertThat(Script.commands("  \n ")).isEmpty();
    }

    @Test
    void knowsWhenMoreHasToFollow() {
        assertThat(Script.isOpen("each (nodes) {")).isTrue();
        assertThat(Script.isOpen("nodes |")).isTrue();
        assertThat(Script.isOpen("nodes }")).isFalse();
        assertThat(Script.isOpen("nodes")).isFalse();
    }

    @Test
    void aCommandThatIsEndedFromOutsideSaysSoInWords() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(said, true, UTF_8);
        CommandSession session = (CommandSession) Proxy.newProxyInstance(
                CommandSession.class.getClassLoader(),
                new Class<?>[] {CommandSession.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("execute")) {
                        throw new InterruptedException();
                    }
                    return null;
                });

        assertThat(new Script(session, print, print).run("events -f")).isFalse();

        assertThat(said.toString(UTF_8).strip()).isEqualTo("events -f: was interrupted");
    }
}
