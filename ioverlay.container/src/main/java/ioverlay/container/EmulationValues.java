package ioverlay.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.RefusedException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a configuration says of the network that a node is to believe in, see {@link NodeSettings}. */
final class EmulationValues {
    static final String TOTAL = "totalBytesPerSecond";
    static final String IN = "inBytesPerSecond";
    static final String OUT = "outBytesPerSecond";
    static final String METERING = "meteringMillis";
    static final String SEED = "emulationSeed";
    static final String LINKS = "links";

    /** What the settings with one value are called in an {@link Emulation}. */
    private static final Map<String, String> NAMES =
            Map.of(TOTAL, "total", IN, "in", OUT, "out", METERING, "meteringMillis", SEED, "seed");

    private EmulationValues() {}

    /**
     * Reads them.
     *
     * @throws RefusedException with the rule and the value
     */
    static Emulation of(Map<String, ?> values) {
        JsonObject json = new JsonObject();
        NAMES.forEach((setting, name) -> {
            String text = NodeValues.text(values, setting, "");
            if (!text.isEmpty()) {
                json.add(name, number(text));
            }
        });
        JsonArray links = new JsonArray();
        NodeValues.texts(values.get(LINKS)).forEach(line -> links.add(link(line)));
        json.add(LINKS, links);
        return Emulation.NONE.changed(json);
    }

    private static JsonObject link(String line) {
        JsonObject link = new JsonObject();
        for (String part : line.split(";", -1)) {
            int equals = part.indexOf('=');
            String key = part.substring(0, Math.max(equals, 0)).strip();
            String value = part.substring(equals + 1).strip();
            if (key.isEmpty() || value.isEmpty() || link.has(key)) {
                throw new RefusedException(
                        "a link is written as to=127.0.0.1:7001;bytesPerSecond=200000;latencyMillis=20, each part once,"
                                + " not '" + line + "'");
            }
            link.add(key, number(value));
        }
        return link;
    }

    /** What is no number is text, which has its own rule. */
    private static JsonPrimitive number(String text) {
        try {
            return new JsonPrimitive(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return new JsonPrimitive(text);
        }
    }

    /** As settings, which {@link #of} reads. */
    static Map<String, List<String>> texts(Emulation emulation) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        texts.put(TOTAL, text(emulation.total()));
        texts.put(IN, text(emulation.in()));
        texts.put(OUT, text(emulation.out()));
        texts.put(METERING, List.of(Integer.toString(emulation.meteringMillis())));
        texts.put(
                LINKS,
                emulation.toJson().getAsJsonArray(LINKS).asList().stream()
                        .map(link -> line(link.getAsJsonObject()))
                        .toList());
        texts.put(SEED, List.of(Long.toString(emulation.seed())));
        return texts;
    }

    private static List<String> text(OptionalLong rate) {
        return rate.isPresent() ? List.of(Long.toString(rate.getAsLong())) : List.of();
    }

    private static String line(JsonObject link) {
        return link.entrySet().stream()
                .filter(part -> !part.getValue().isJsonNull())
                .filter(part -> !part.getValue().getAsString().matches("0(\\.0)?"))
                .map(part -> part.getKey() + "=" + part.getValue().getAsString())
                .collect(Collectors.joining(";"));
    }
}
