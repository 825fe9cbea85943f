package ioverlay.shell;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.SlotSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:create}. */
@CommandLine.Command(
        name = "create",
        description = "Makes a node, which then listens.",
        footer = {"", "Gives its NodeStatus."})
final class CreateCommand extends Command {
    @Parameters(index = "0", paramLabel = "NAME", description = "1 to 64 letters, digits, dots, dashes, underscores.")
    private String name = "";

    @Option(names = "--address", paramLabel = "IP", description = "A loopback address. Default: 127.0.0.1.")
    private @Nullable String address;

    @Option(names = "--port", paramLabel = "N", description = "0 to 65535; 0, the default, is any free one.")
    private int port;

    @Option(names = "--buffer-bytes", paramLabel = "N", description = "The window of each link and application.")
    private @Nullable Integer bufferBytes;

    @Option(names = "--max-payload", paramLabel = "N", description = "The largest payload it takes, in bytes.")
    private @Nullable Integer maxPayload;

    @Option(
            names = "--slot",
            paramLabel = "APP=ALGORITHM[@VERSIONS]",
            description = "What serves an application; 0 serves all without their own. May be repeated.")
    private List<String> slots = new ArrayList<>();

    @Option(names = "--settings", paramLabel = "JSON", description = "Of every slot of this command.")
    private @Nullable String settings;

    @Option(
            names = "--emulation",
            paramLabel = "JSON",
            description = "The network that it is to believe in, as '{\"out\": 400000}'.")
    private @Nullable String emulation;

    @Option(
            names = "--inactivity",
            paramLabel = "TIME",
            description = "A link that owes traffic and is silent for this long has failed. Default: 10s.")
    private @Nullable String inactivity;

    @Option(
            names = "--location",
            paramLabel = "LAT,LON[,LABEL]",
            description = "Where it is on the globe, for maps: 45.5,-73.6,Montreal.")
    private @Nullable String location;

    @Option(
            names = "--observer",
            paramLabel = "IP:PORT",
            description = "Whom it registers with. Default: the observer of this container.")
    private @Nullable String observer;

    @Override
    Object run(Container container, Here here) {
        NodeSpec defaults = NodeSpec.named(name);
        NodeSpec spec = new NodeSpec(
                name,
                address == null ? defaults.address() : address,
                port,
                bufferBytes == null ? defaults.bufferBytes() : bufferBytes,
                maxPayload == null ? defaults.maxPayload() : maxPayload,
                slots(),
                emulation == null ? defaults.emulation() : Emulation.NONE.changed(Texts.settings(emulation)),
                inactivity == null ? defaults.inactivityMillis() : millis(inactivity));
        return container.nodes().create(placed(spec));
    }

    private NodeSpec placed(NodeSpec spec) {
        NodeSpec placed = location == null ? spec : spec.withLocation(Location.parse(location));
        try {
            return observer == null ? placed : placed.withObserver(NodeId.parse(observer));
        } catch (IllegalArgumentException e) {
            throw new Failed(String.valueOf(e.getMessage()), e);
        }
    }

    private static int millis(String text) {
        return (int) Math.min(Integer.MAX_VALUE, Texts.span(text).toMillis());
    }

    private Map<Integer, SlotSpec> slots() {
        JsonObject given = settings == null ? new JsonObject() : Texts.settings(settings);
        if (settings != null && slots.isEmpty()) {
            throw new Failed("--settings belong to a slot: give --slot too");
        }
        Map<Integer, SlotSpec> specs = new HashMap<>();
        for (String text : slots) {
            Map.Entry<Integer, SlotSpec> slot = Texts.slot(text);
            if (specs.put(slot.getKey(), slot.getValue().withSettings(given)) != null) {
                throw new Failed("a node has one slot for each application, not two for " + States.id(slot.getKey()));
            }
        }
        return specs;
    }
}
