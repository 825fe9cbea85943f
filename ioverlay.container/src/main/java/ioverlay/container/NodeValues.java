package ioverlay.container;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says, see {@link NodeSettings}.
 *
 * @param spec the node
 * @param applications to start at it
 */
record NodeValues(NodeSpec spec, List<ApplicationSpec> applications) {
    /** The factory PID; a node's own is {@code ioverlay.node~NAME}. */
    static final String PID = "ioverlay.node";

    /** All settings, in the order in which people read them. */
    static final List<String> KEYS = List.of(
            "name",
            "address",
            "port",
            "bufferBytes",
            "maxPayload",
            EmulationValues.TOTAL,
            EmulationValues.IN,
            EmulationValues.OUT,
            EmulationValues.METERING,
            EmulationValues.LINKS,
            EmulationValues.SEED,
            "inactivityMillis",
            "location",
            "observer",
            "slots",
            "applications");

    /**
     * Reads a configuration.
     *
     * @param values as ConfigAdmin has them; keys with a dot or colon belong to others
     * @throws RefusedException with the rule and the value
     */
    static NodeValues of(Map<String, ?> values) {
        values.keySet().stream()
                .filter(key -> !key.contains(".") && !key.contains(":"))
                .forEach(NodeValues::requireKnown);
        NodeSpec spec = NodeSpec.named(name(values))
                .withAddress(text(values, "address", "127.0.0.1"), number(values, "port", 0))
                .withBufferBytes(number(values, "bufferBytes", NodeSpec.DEFAULT_BUFFER_BYTES))
                .withMaxPayload(number(values, "maxPayload", Header.MAX_PAYLOAD))
                .withInactivityMillis(number(values, "inactivityMillis", NodeSpec.DEFAULT_INACTIVITY_MILLIS))
                .withEmulation(EmulationValues.of(values));
        spec = placed(spec, text(values, "location", ""), text(values, "observer", ""));
        for (SettingLine line : lines(values, "slots")) {
            Ranges.parse(line.versions());
            spec = spec.withSlot(line.application(), new SlotSpec(line.type(), line.versions(), line.settings()));
        }
        return new NodeValues(
                spec,
                lines(values, "applications").stream()
                        .map(line -> new ApplicationSpec(line.type(), line.application(), line.settings()))
                        .toList());
    }

    private static NodeSpec placed(NodeSpec spec, String location, String observer) {
        NodeSpec placed = location.isEmpty() ? spec : spec.withLocation(Location.parse(location));
        try {
            return observer.isEmpty() ? placed : placed.withObserver(NodeId.parse(observer));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("a node's observer: " + Reason.of(e), e);
        }
    }

    /**
     * Refuses what is no setting.
     *
     * @throws RefusedException with those that there are
     */
    static void requireKnown(String key) {
        if (!KEYS.contains(key)) {
            throw new RefusedException(
                    "a node has the settings " + KEYS.stream().sorted().toList() + ", but no '" + key + "'");
        }
    }

    /** The name that a configuration gives its node, right or wrong. */
    static String name(Map<String, ?> values) {
        return text(values, "name", nameIn(values));
    }

    private static String nameIn(Map<String, ?> values) {
        String pid = text(values, "service.pid", "");
        return pid.startsWith(PID) && pid.length() > PID.length() ? pid.substring(PID.length() + 1) : pid;
    }

    static String text(Map<String, ?> values, String key, String otherwise) {
        Object value = values.get(key);
        return value == null || value.toString().isBlank()
                ? otherwise
                : value.toString().strip();
    }

    private static int number(Map<String, ?> values, String key, int otherwise) {
        String text = text(values, key, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RefusedException("a node's " + key + " is a whole number, not '" + text + "'", e);
        }
    }

    private static List<SettingLine> lines(Map<String, ?> values, String key) {
        Set<Integer> ids = new HashSet<>();
        return texts(values.get(key)).stream()
                .map(SettingLine::parse)
                .peek(line -> {
                    if (!ids.add(line.application())) {
                        throw new RefusedException("each application has one line in a node's " + key + ", but "
                                + Integer.toUnsignedString(line.application()) + " has more");
                    }
                })
                .toList();
    }

    /** What a configuration has in one place, as texts; those that are blank count as missing. */
    static List<String> texts(@Nullable Object value) {
        Stream<?> lines = switch (value) {
            case null -> Stream.empty();
            case Object[] array -> Arrays.stream(array);
            case Collection<?> collection -> collection.stream();
            default -> Stream.of(value);
        };
        return lines.map(String::valueOf).filter(line -> !line.isBlank()).toList();
    }
}
