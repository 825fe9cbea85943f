package ioverlay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.NodeStatus;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:bandwidth}. */
@CommandLine.Command(
        name = "bandwidth",
        description =
                "Shows and changes the network that a node is to believe in: caps, and latency, jitter and loss of"
                        + " its links.",
        footer = {
            "",
            "A RATE is bytes per second, headers included: 250000, 400K, 1.5M, 2G, or off. A change holds at once, and"
                    + " again after a restart. --rate, --latency, --jitter and --loss are those of the link that --to or"
                    + " --from names; it must be there, or be emulated already. Without an option it shows what holds.",
            "Gives an Emulation."
        })
final class BandwidthCommand extends Command {
    private static final String OF_A_LINK = "--rate, --latency, --jitter and --loss are of a link: name it with";

    @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
    private String node = "";

    @Option(names = "--total", paramLabel = "RATE", description = "What it sends and receives together.")
    private @Nullable String total;

    @Option(names = "--in", paramLabel = "RATE", description = "What it receives.")
    private @Nullable String in;

    @Option(names = "--out", paramLabel = "RATE", description = "What it sends.")
    private @Nullable String out;

    @Option(
            names = "--metering",
            paramLabel = "TIME",
            description = "Over how long a cap is kept to, 1ms to 1s: what was not used within it is lost.")
    private @Nullable String metering;

    @Option(names = "--seed", paramLabel = "N", description = "Of jitter and loss.")
    private @Nullable Long seed;

    @Option(names = "--to", paramLabel = "PEER", description = "The link that it sends over, to this node.")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "PEER", description = "The link that this node sends to it over.")
    private @Nullable String from;

    @Option(names = "--rate", paramLabel = "RATE", description = "The link's cap.")
    private @Nullable String rate;

    @Option(names = "--latency", paramLabel = "TIME", description = "Of the link --to, as 20ms or 0.5ms; 0ms is none.")
    private @Nullable String latency;

    @Option(names = "--jitter", paramLabel = "TIME", description = "By which its latency differs, both ways.")
    private @Nullable String jitter;

    @Option(names = "--loss", paramLabel = "PART", description = "Of the data messages on it, 0 to 1.")
    private @Nullable String loss;

    @Override
    Object run(Container container, Here here) {
        NodeStatus status = Names.node(container.nodes(), node);
        JsonObject change = new JsonObject();
        put(change, "total", total, Texts::rate);
        put(change, "in", in, Texts::rate);
        put(change, "out", out, Texts::rate);
        put(change, "meteringMillis", metering, Texts::millis);
        if (seed != null) {
            change.addProperty("seed", seed);
        }
        JsonObject link = link(container);
        if (!link.isEmpty()) {
            JsonArray links = new JsonArray();
            links.add(link);
            change.add("links", links);
        }
        return change.isEmpty() ? status.emulation() : container.network().emulate(status.name(), change);
    }

    private JsonObject link(Container container) {
        JsonObject link = new JsonObject();
        put(link, "bytesPerSecond", rate, Texts::rate);
        put(link, "latencyMillis", latency, Texts::millis);
        put(link, "jitterMillis", jitter, Texts::millis);
        put(link, "loss", loss, Texts::part);
        if (to != null && from != null) {
            throw new Failed("one link at a time: --to or --from, not both");
        }
        String peer = to == null ? from : to;
        if ((peer == null) != link.isEmpty()) {
            throw new Failed(
                    peer == null
                            ? OF_A_LINK + " --to PEER or --from PEER"
                            : "a link is named, but nothing of it: give --rate, --latency, --jitter or --loss");
        }
        if (peer != null) {
            link.addProperty(
                    to == null ? "from" : "to",
                    Names.peer(container.nodes(), peer).toString());
        }
        return link;
    }

    private static void put(JsonObject json, String key, @Nullable String text, Function<String, JsonElement> reader) {
        if (text != null) {
            json.add(key, reader.apply(text));
        }
    }
}
