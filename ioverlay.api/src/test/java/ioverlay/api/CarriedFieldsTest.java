package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("UnusedVariable") // carried fields are read by reflection
class CarriedFieldsTest {
    private enum Mood {
        GOOD,
        BAD
    }

    private record Point(int x, String name) {}

    private static class Base {
        @Carried
        private long inherited = 1;

        private int kept = 2;
    }

    private static final class All extends Base {
        @Carried
        private boolean flag;

        @Carried
        private double share;

        @Carried
        private String text = "";

        @Carried
        private Mood mood = Mood.GOOD;

        @Carried
        private Point point = new Point(0, "");

        @Carried
        private NodeId node = NodeId.parse("1.1.1.1:1");

        @Carried
        private List<NodeId> nodes = new ArrayList<>();

        @Carried
        private Map<String, List<Integer>> numbers = new LinkedHashMap<>();

        @Carried
        private JsonObject json = new JsonObject();

        @Carried
        private byte[] block = {};
    }

    private static All filled() {
        All all = new All();
        ((Base) all).inherited = Long.MAX_VALUE;
        ((Base) all).kept = 99;
        all.flag = true;
        all.share = 0.1;
        all.text = "grün";
        all.mood = Mood.BAD;
        all.point = new Point(3, "p");
        all.node = NodeId.parse("10.0.0.1:7000");
        all.nodes.add(NodeId.parse("10.0.0.2:7000"));
        all.numbers.put("a", List.of(1, 2));
        all.json.addProperty("b", 1);
        all.block = new byte[] {1, 2, 3};
        return all;
    }

    private static State state(String values) {
        return State.of(JsonParser.parseString(values.replace('\'', '"')).getAsJsonObject());
    }

    @Test
    void every_kind_of_field_is_carried() {
        All from = filled();
        All into = new All();
        new CarriedFields(into).restore(new CarriedFields(from).save());
        assertThat(into).usingRecursiveComparison().ignoringFields("kept").isEqualTo(from);
    }

    @Test
    void a_field_that_is_not_marked_stays() {
        All into = new All();
        new CarriedFields(into).restore(new CarriedFields(filled()).save());
        assertThat(((Base) into).kept).isEqualTo(2);
    }

    @Test
    void bytes_are_an_attachment_by_reference() {
        All from = filled();
        State state = new CarriedFields(from).save();
        assertThat(state.attachments().get("block")).isSameAs(from.block);
        assertThat(state.values().has("block")).isFalse();
        All into = new All();
        new CarriedFields(into).restore(state);
        assertThat(into.block).isSameAs(from.block);
    }

    @Test
    void saved_values_do_not_change_with_the_fields() {
        All from = filled();
        State state = new CarriedFields(from).save();
        from.json.addProperty("b", 2);
        from.nodes.clear();
        assertThat(state.values().getAsJsonObject("json")).hasToString("{\"b\":1}");
        assertThat(state.values().getAsJsonArray("nodes")).hasSize(1);
    }

    @Test
    void nodes_are_written_as_text() {
        assertThat(new CarriedFields(filled()).save().values().get("nodes")).hasToString("[\"10.0.0.2:7000\"]");
    }

    @Test
    void what_the_state_has_not_keeps_its_value() {
        All into = filled();
        new CarriedFields(into).restore(state("{'flag': false}"));
        assertThat(into.flag).isFalse();
        assertThat(into.text).isEqualTo("grün");
        assertThat(into.block).containsExactly(1, 2, 3);
    }

    @Test
    void what_the_class_has_not_is_dropped() {
        All into = filled();
        new CarriedFields(into).restore(state("{'colour': 'blue', 'text': 'x'}"));
        assertThat(into.text).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'inherited': 'many'}",
                "{'inherited': null}",
                "{'inherited': {}}",
                "{'flag': []}",
                "{'node': 'nowhere'}",
                "{'nodes': 5}",
                "{'point': 'p'}",
                "{'numbers': {'a': ['b']}}",
                "{'json': 5}"
            })
    void a_value_that_does_not_fit_is_refused_with_the_fields_name(String values) {
        String name = state(values).values().keySet().iterator().next();
        assertThatThrownBy(() -> new CarriedFields(new All()).restore(state(values)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the carried field '" + name + "' is a ")
                .hasMessageContaining("and cannot be read from ");
    }

    private static final class WithFinal {
        @Carried
        private final List<String> names = new ArrayList<>();
    }

    private static final class WithStatic {
        @Carried
        private static long count;
    }

    private static final class WithSameName extends Base {
        @Carried
        private long inherited = 7;
    }

    @Test
    void a_final_field_is_refused() {
        assertThatThrownBy(() -> new CarriedFields(new WithFinal()).save())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a carried field is neither static nor final: ")
                .hasMessageContaining("names");
    }

    @Test
    void a_static_field_is_refused() {
        assertThatThrownBy(() -> new CarriedFields(new WithStatic()).restore(State.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("count");
    }

    @Test
    void two_fields_of_one_name_are_refused() {
        assertThatThrownBy(() -> new CarriedFields(new WithSameName()).save())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("carried fields have different names, not ");
    }
}
