package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSetup;
import ioverlay.api.container.NodeSetup.Setting;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeValuesTest {
    @Test
    void whatIsNotSaidHasItsDefault() {
        NodeValues values =
                NodeValues.of(Map.of("service.pid", "ioverlay.node~a", "service.factoryPid", "ioverlay.node"));
        assertThat(values).isEqualTo(new NodeValues(NodeSpec.named("a"), List.of()));
    }

    @Test
    void everyValueIsRead() {
        NodeValues values = NodeValues.of(Map.of(
                "service.pid", "ioverlay.node~a",
                "name", "b",
                "address", "127.0.0.2",
                "port", "7000",
                "bufferBytes", 8192L,
                "maxPayload", 1024,
                "inactivityMillis", "5000",
                "slots", List.of("0=relay", "4294967295=tree;versions=[1,2);settings={\"a\":\";\"}"),
                "applications", "7=idler"));
        assertThat(values.spec())
                .isEqualTo(NodeSpec.named("b")
                        .withAddress("127.0.0.2", 7000)
                        .withBufferBytes(8192)
                        .withMaxPayload(1024)
                        .withInactivityMillis(5000)
                        .withSlot(0, SlotSpec.of("relay"))
                        .withSlot(
                                -1,
                                SlotSpec.of("tree")
                                        .withVersions("[1,2)")
                                        .withSettings(JsonParser.parseString("{\"a\":\";\"}")
                                                .getAsJsonObject())));
        assertThat(values.applications()).extracting(ApplicationSpec::type).containsExactly("idler");
    }

    @Test
    void whereItIsAndWhomItRegistersWithAreRead() {
        NodeValues values = NodeValues.of(Map.of(
                "service.pid", "ioverlay.node~a",
                "location", " 45.50,-73.6,Montréal, QC ",
                "observer", "127.0.0.1:9000"));

        assertThat(values.spec().location()).contains(new Location(45.5, -73.6, "Montréal, QC"));
        assertThat(values.spec().location().map(Location::text)).contains("45.5,-73.6,Montréal, QC");
        assertThat(values.spec().observer()).contains(NodeId.parse("127.0.0.1:9000"));
    }

    @Test
    void theNetworkToBelieveInIsRead() {
        NodeValues values = NodeValues.of(Map.of(
                "service.pid",
                "ioverlay.node~a",
                "totalBytesPerSecond",
                400_000,
                "inBytesPerSecond",
                "300000",
                "outBytesPerSecond",
                1e6,
                "meteringMillis",
                20L,
                "emulationSeed",
                -5,
                "links",
                new String[] {
                    "to=127.0.0.1:7001;bytesPerSecond=200000;latencyMillis=20;jitterMillis=5;loss=0.01",
                    "",
                    " from = 127.0.0.1:7002 ; bytesPerSecond = 1e5 "
                }));
        JsonObject same = JsonParser.parseString("{'total':400000,'in':300000,'out':1000000,'meteringMillis':20,"
                        + "'seed':-5,'links':[{'to':'127.0.0.1:7001','bytesPerSecond':200000,'latencyMillis':20,"
                        + "'jitterMillis':5,'loss':0.01},{'from':'127.0.0.1:7002','bytesPerSecond':100000}]}")
                .getAsJsonObject();
        assertThat(values.spec().emulation()).isEqualTo(Emulation.NONE.changed(same));
    }

    @ParameterizedTest
    @CsvSource({
        "totalBytesPerSecond, 0, a node's total is 100 to",
        "inBytesPerSecond, -1, not '-1'",
        "outBytesPerSecond, 400K, not '400K'",
        "meteringMillis, 0, 1 to 1000 ms",
        "emulationSeed, 0.5, whole number",
        "inactivityMillis, 100, 200 to 600000 ms",
        "links, to=b, IPv4:port",
        "links, to=127.0.0.1:7001;latencyMillis=x, a latency is 0 to 60000 ms",
        "links, to=127.0.0.1:7001;jitterMillis=1, jitter",
        "links, to=127.0.0.1:7001;loss=2, a loss is 0 to 1",
        "links, to=127.0.0.1:7001;loss=1;loss=0, each part once",
        "links, to=127.0.0.1:7001;loss, each part once",
        "links, to=127.0.0.1:7001;colour=1, but no 'colour'",
        "links, bytesPerSecond=1000, either 'to' or 'from'",
        "port, seven, whole number",
        "port, 65536, 65535",
        "address, 192.0.2.1, loopback",
        "address, localhost, loopback",
        "name, a b, letters",
        "bufferBytes, 1, 4096",
        "maxPayload, 1, 64",
        "slots, relay, 0=relay",
        "slots, 4294967296=relay, 4294967295",
        "slots, 0=relay;settings=[], JSON object",
        "slots, 0=relay;settings={, JSON object",
        "slots, 0=relay;versions=new, version range",
        "slots, '0=relay;versions=[2,1]', no version lies in the range '[2,1]'",
        "slots, 0=relay;colour=red, 0=relay",
        "applications, 0=idler, not 0",
        "location, 45, 'LAT,LON'",
        "location, 'x,y', 'LAT,LON'",
        "location, '91,0', a latitude is -90 to 90",
        "location, '0,NaN', a longitude is -180 to 180",
        "observer, localhost:9000, IPv4:port",
        "observer, 192.0.2.1:9000, loopback",
        "prot, 7000, port"
    })
    void aWrongValueIsRefusedWithTheRuleAndTheValue(String key, String value, String rule) {
        assertThatThrownBy(() -> NodeValues.of(Map.of("service.pid", "ioverlay.node~a", key, value)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slots", "applications"})
    void anApplicationHasOneLine(String key) {
        assertThatThrownBy(
                        () -> NodeValues.of(Map.of("service.pid", "ioverlay.node~a", key, new String[] {"7=x", "7=y"})))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("7 has more");
    }

    @Test
    void whatAConfigurationSaysIsShownAsItIsWrittenRightOrWrong() {
        NodeSetup setup = SettingTexts.of(
                Map.of("service.pid", "ioverlay.node~a", "port", "seven", "slots", List.of("0=relay", "7=tree")));
        assertThat(setup.node() + " " + setup.source() + " " + setup.pid())
                .isEqualTo("a CONFIGURATION ioverlay.node~a");
        assertThat(setup.settings()).extracting(Setting::key).containsExactlyElementsOf(NodeValues.KEYS);
        assertThat(setup.settings())
                .contains(
                        new Setting("name", List.of("a"), true),
                        new Setting("port", List.of("seven"), false),
                        new Setting("maxPayload", List.of("1048576"), true),
                        new Setting("slots", List.of("0=relay", "7=tree"), false));
    }

    @Test
    void anEmulatedNetworkIsWrittenAsItIsRead() {
        Map<String, Object> values = Map.of(
                "totalBytesPerSecond", List.of("400000"),
                "inBytesPerSecond", List.of(),
                "outBytesPerSecond", List.of("100"),
                "meteringMillis", List.of("20"),
                "links",
                        List.of(
                                "to=127.0.0.1:7001;bytesPerSecond=200000;latencyMillis=20;jitterMillis=0.5;loss=0.01",
                                "to=127.0.0.1:7002;loss=1.0",
                                "from=127.0.0.1:7002;bytesPerSecond=100"),
                "emulationSeed", List.of("-5"));
        Map<String, Object> read = new HashMap<>();
        values.forEach(
                (key, texts) -> read.put(key, key.equals("links") ? texts : String.join("", NodeValues.texts(texts))));
        assertThat(EmulationValues.texts(EmulationValues.of(read))).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0=relay", "4294967295=tree;versions=[1,2);settings={\"a\":\";\"}"})
    void aLineIsWrittenAsItIsRead(String line) {
        assertThat(SettingLine.parse(line).text()).isEqualTo(line);
    }

    @Test
    void aChangeHasTheKindOfValueThatAFileHasThere() {
        Map<String, Object> values = new HashMap<>(Map.of("address", "127.0.0.2"));
        SettingTexts.change(values, "port", List.of("7001"));
        SettingTexts.change(values, "slots", List.of("0=relay"));
        SettingTexts.change(values, "address", List.of());
        assertThat(values).containsOnlyKeys("port", "slots").containsEntry("port", 7001L);
        assertThat(values.get("slots")).isEqualTo(new String[] {"0=relay"});
        assertThatThrownBy(() -> SettingTexts.change(values, "port", List.of("1", "2")))
                .hasMessage("a node has one port, not 1 and 2");
        assertThatThrownBy(() -> SettingTexts.change(values, "service.pid", List.of("x")))
                .hasMessageContaining("port, slots, totalBytesPerSecond], but no 'service.pid'");
    }
}
