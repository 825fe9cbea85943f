package ioverlay.container;

import ioverlay.api.NodeId;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSetup;
import ioverlay.api.container.NodeSetup.Setting;
import ioverlay.api.container.NodeSetup.Source;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.RefusedException;
import ioverlay.container.journal.NodeEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Constants;

/** A node's settings as texts: for people, and from them. */
final class SettingTexts {
    private static final Set<String> LISTS = Set.of("slots", "applications", EmulationValues.LINKS);
    private static final Set<String> NUMBERS = Set.of(
            "port",
            "bufferBytes",
            "maxPayload",
            EmulationValues.TOTAL,
            EmulationValues.IN,
            EmulationValues.OUT,
            EmulationValues.METERING,
            EmulationValues.SEED,
            "inactivityMillis");

    private SettingTexts() {}

    /** What a configuration says, right or wrong. */
    static NodeSetup of(Map<String, Object> values) {
        String name = NodeValues.name(values);
        Map<String, List<String>> standard = standard(name);
        List<Setting> settings = new ArrayList<>();
        for (String key : NodeValues.KEYS) {
            List<String> given = NodeValues.texts(values.get(key));
            settings.add(
                    new Setting(key, given.isEmpty() ? standard.getOrDefault(key, List.of()) : given, given.isEmpty()));
        }
        return new NodeSetup(name, Source.CONFIGURATION, String.valueOf(values.get(Constants.SERVICE_PID)), settings);
    }

    /** What a command has made. */
    static NodeSetup of(NodeEntry node, Source source) {
        Map<String, List<String>> has = place(node.spec());
        has.put(
                "slots",
                node.slots().entrySet().stream()
                        .map(slot -> new SettingLine(
                                        slot.getKey(),
                                        slot.getValue().spec().algorithm(),
                                        slot.getValue().spec().versions(),
                                        slot.getValue().spec().settings())
                                .text())
                        .toList());
        has.put(
                "applications",
                node.applications().values().stream()
                        .map(each -> new SettingLine(each.application(), each.type(), SettingLine.ANY, each.settings())
                                .text())
                        .toList());
        Map<String, List<String>> standard = standard(node.name());
        List<Setting> settings = has.entrySet().stream()
                .map(each -> new Setting(
                        each.getKey(), each.getValue(), each.getValue().equals(standard.get(each.getKey()))))
                .toList();
        return new NodeSetup(node.name(), source, "", settings);
    }

    private static Map<String, List<String>> standard(String name) {
        Map<String, List<String>> standard = place(NodeSpec.named("any"));
        standard.put("name", List.of(name));
        LISTS.forEach(key -> standard.put(key, List.of()));
        return standard;
    }

    private static Map<String, List<String>> place(NodeSpec spec) {
        Map<String, List<String>> place = new LinkedHashMap<>();
        place.put("name", List.of(spec.name()));
        place.put("address", List.of(spec.address()));
        place.put("port", List.of(Integer.toString(spec.port())));
        place.put("bufferBytes", List.of(Integer.toString(spec.bufferBytes())));
        place.put("maxPayload", List.of(Integer.toString(spec.maxPayload())));
        place.putAll(EmulationValues.texts(spec.emulation()));
        place.put("inactivityMillis", List.of(Integer.toString(spec.inactivityMillis())));
        place.put("location", spec.location().map(Location::text).stream().toList());
        place.put("observer", spec.observer().map(NodeId::toString).stream().toList());
        return place;
    }

    /**
     * Gives one setting another value, of the kind that a file has there: then a file that says the same changes nothing.
     *
     * @param values of a configuration
     * @param lines the new value; none takes the setting out
     * @throws RefusedException if there is no such setting, or it has one value and several are given
     */
    static void change(Map<String, Object> values, String key, List<String> lines) {
        NodeValues.requireKnown(key);
        if (lines.isEmpty()) {
            values.remove(key);
        } else if (LISTS.contains(key)) {
            values.put(key, lines.toArray(String[]::new));
        } else if (lines.size() > 1) {
            throw new RefusedException("a node has one " + key + ", not " + String.join(" and ", lines));
        } else {
            values.put(key, NUMBERS.contains(key) ? number(lines.getFirst()) : lines.getFirst());
        }
    }

    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return text; // who checks the values says what is wrong with it
        }
    }
}
