package ioverlay.shell;

import static org.assertj.core.api.Assertions.assertThat;

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
}
