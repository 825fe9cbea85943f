package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateTest {
    private final Gate gate = new Gate();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatComesBeforeItIsOpenedIsDoneThenInItsOrder() {
        gate.pass(() -> done.add("one"));
        gate.pass(() -> done.add("two"));
        assertThat(done).isEmpty();
        gate.open();
        assertThat(done).containsExactly("one", "two");
        gate.open();
        assertThat(done).hasSize(2);
    }

    @Test
    void whatComesLaterIsDoneAtOnce() {
        gate.open();
        gate.pass(() -> done.add("one"));
        assertThat(done).containsExactly("one");
    }
}
