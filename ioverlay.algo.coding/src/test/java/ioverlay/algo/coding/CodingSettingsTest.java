package ioverlay.algo.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import ioverlay.algo.coding.field.Kernel;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodingSettingsTest {
    private static final NodeId SELF = NodeId.parse("127.0.0.1:7000");

    private static CodingSettings read(String json) {
        return CodingSettings.read(JsonParser.parseString(json).getAsJsonObject(), SELF);
    }

    @Test
    void what_is_not_said_has_a_default() {
        assertThat(read("{'role': 'coder'}"))
                .isEqualTo(new CodingSettings(
                        Role.CODER, List.of(), List.of(), List.of(), true, Duration.ofSeconds(1), Kernel.fastest()));
    }

    @Test
    void all_of_it_is_read() {
        NodeId b = NodeId.parse("127.0.0.1:1");
        NodeId c = NodeId.parse("127.0.0.1:2");
        assertThat(read("{'role':'source','streams':[['127.0.0.1:1'],['127.0.0.1:2']],'deliver':false,"
                        + "'waitMillis':20,'kernel':'scalar'}"))
                .isEqualTo(new CodingSettings(
                        Role.SOURCE, List.of(b), List.of(c), List.of(), false, Duration.ofMillis(20), Kernel.scalar()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|role is source, helper, coder or decoder, not \"\"",
                "{'role':'Coder'}|role is source, helper, coder or decoder, not \"Coder\"",
                "{'role':1}|role is source, helper, coder or decoder, not 1",
                "{'role':'source'}|a source has streams, the other roles have next, not [role]",
                "{'role':'coder','streams':[[],[]]}|a source has streams, the other roles have next, not [role,"
                        + " streams]",
                "{'role':'source','streams':[[]]}|streams has two lists of nodes, for messages of even and of odd"
                        + " numbers, not [[]]",
                "{'role':'coder','next':['x']}|next names nodes as IPv4:port, for example 127.0.0.1:7000, not \"x\"",
                "{'role':'coder','next':['127.0.0.1:7000']}|next does not name the node itself, not 127.0.0.1:7000",
                "{'role':'coder','next':['127.0.0.1:1','127.0.0.1:1']}|next names each node once, not 127.0.0.1:1",
                "{'role':'coder','next':7}|next names nodes in an array, not 7",
                "{'role':'coder','deliver':1}|deliver is true or false, not 1",
                "{'role':'coder','waitMillis':9}|waitMillis is 10 to 60000, not 9",
                "{'role':'coder','kernel':'fast'}|kernel is fastest or scalar, not \"fast\"",
                "{'role':'coder','hurry':1}|the settings of coding are role, streams, next, deliver, waitMillis and"
                        + " kernel, not hurry"
            })
    void what_is_wrong_is_a_sentence(String json, String sentence) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }
}
