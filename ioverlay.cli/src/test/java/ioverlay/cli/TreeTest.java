package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TreeTest {
    @Test
    void everyNodeButTheFirstHasExactlyOneParent() {
        Tree tree = new Tree(8);

        assertThat(IntStream.range(0, 8).boxed().flatMap(node -> tree.children(node).stream()))
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aNodeHasAtMostTwoChildren() {
        Tree tree = new Tree(8);

        assertThat(tree.children(0)).containsExactly(1, 2);
        assertThat(tree.children(3)).containsExactly(7);
        assertThat(tree.children(4)).isEmpty();
    }

    @Test
    void theFirstNodeReceivesNothing() {
        assertThat(new Tree(3).receivers()).containsExactly("n2", "n3");
    }

    @Test
    void aTreeOfOneOrOfTooManyIsRefusedWithTheRuleAndTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tree(1))
                .withMessageContaining("2 to 64 nodes, not 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Tree(65)).withMessageContaining("not 65");
    }
}
