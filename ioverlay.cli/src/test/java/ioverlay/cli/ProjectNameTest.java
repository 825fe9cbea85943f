package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectNameTest {
    @ParameterizedTest
    @CsvSource({"my.algo.deal, my/algo/deal, Deal", "deal, deal, Deal", "a.b2, a/b2, B2"})
    void aNameIsAFolderAndAClass(String name, String path, String className) {
        ProjectName checked = new ProjectName(name);

        assertThat(checked.path()).isEqualTo(path);
        assertThat(checked.className(Set.of())).isEqualTo(className);
    }

    @Test
    void aClassHidesNoneThatTheSourceUses() {
        assertThat(new ProjectName("my.message").className(Set.of("Message"))).isEqualTo("MessageAlgorithm");
        assertThat(new ProjectName("my.string").className(Set.of())).isEqualTo("StringAlgorithm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My.Algo      | lower-case words with dots between, for example my.algo.deal, not 'My.Algo'",
                "my..algo     | lower-case words with dots between, for example my.algo.deal, not 'my..algo'",
                ".algo        | lower-case words with dots between, for example my.algo.deal, not '.algo'",
                "my.algo.     | lower-case words with dots between, for example my.algo.deal, not 'my.algo.'",
                "my-algo      | lower-case words with dots between, for example my.algo.deal, not 'my-algo'",
                "my/algo      | lower-case words with dots between, for example my.algo.deal, not 'my/algo'",
                "../algo      | lower-case words with dots between, for example my.algo.deal, not '../algo'",
                "2fast        | lower-case words with dots between, for example my.algo.deal, not '2fast'",
                "''           | lower-case words with dots between, for example my.algo.deal, not ''",
                "my.new.algo  | a Java package too, in which 'new' is no word, as in 'my.new.algo'",
                "true         | a Java package too, in which 'true' is no word, as in 'true'",
                "java.algo    | a word of its author's, not with 'java' as 'java.algo'",
                "ioverlay.api | a word of its author's, not with 'ioverlay' as 'ioverlay.api'",
            })
    void aWrongNameIsRefusedWithTheRuleAndTheValue(String name, String sentence) {
        assertThatThrownBy(() -> new ProjectName(name))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith(sentence);
    }

    @Test
    void aLongNameIsRefused() {
        assertThatThrownBy(() -> new ProjectName("a".repeat(101)))
                .isInstanceOf(UsageException.class)
                .hasMessage("An algorithm's name has at most 100 characters, not 101");
    }
}
