package ioverlay.container.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClausesTest {
    @Test
    void namesStandBeforeAttributesAndQuotesHideCommas() {
        assertThat(Clauses.names("a.b;x=\"1,2;3\";y:=z, c ,,d;e=f")).containsExactly("a.b", "c", "d");
    }

    @Test
    void anEmptyHeaderHasNoNames() {
        assertThat(Clauses.names(" ")).isEmpty();
        assertThat(Clauses.firstName("")).isEmpty();
    }

    @Test
    void theFirstNameIsWithoutDirectives() {
        assertThat(Clauses.firstName("a.b;singleton:=true")).isEqualTo("a.b");
    }
}
