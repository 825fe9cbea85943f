package ioverlay.algo.relay;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The relay, version 1.1: as {@code Relay} of 1.0.0, and it also tells its upstreams apart.
 *
 * <p><b>Behaviour:</b> a message of any data type goes to all nodes of {@code next}, as it is and without a copy, and to
 * the local application if {@code deliver} says so. Nothing looks for cycles: the next hops of all nodes together must
 * form none. {@code CONFIGURE} replaces the settings; a wrong one is traced, and the old settings stay. {@code CUSTOM}
 * with 1 as its first parameter asks the next hops what they have received from this node: those of version 1.1 or later
 * tell (see {@code Receipts}). All other control messages are handled as {@link BasicAlgorithm} does.
 *
 * <p><b>Settings:</b>
 *
 * <ul>
 *   <li>{@code next}: an array of at most 100 nodes as {@code "IPv4:port"}, each once, not the node itself; default
 *       {@code []}
 *   <li>{@code deliver}: whether the local application gets the data too; default {@code true}
 * </ul>
 *
 * <p><b>Status:</b> {@code messages} and {@code bytes} (headers included) that came in, over all versions that served;
 * {@code next} as it is in force; and {@code upstreams}: for each neighbour that sent data (the node itself stands for
 * the local source) its {@code messages}, {@code meanGapMicros} and {@code longestGapMicros} between two of them. At most
 * 64 upstreams are told apart, the rest is counted as {@code others}. {@code receipts}: by next hop the number of messages
 * that it told last, and how many of the relay's own messages were {@code ignored}. Over a swap go the settings in force
 * and the counters of 1.0.0; what is counted per upstream, and the receipts, start anew with each instance.
 *
 * <p><b>Sample:</b> a tree of three, A above B and C:
 *
 * <pre>
 * A (127.0.0.1:7001): {"next": ["127.0.0.1:7002", "127.0.0.1:7003"]}
 * B (127.0.0.1:7002): {}
 * C (127.0.0.1:7003): {}
 * </pre>
 */
@AlgorithmType("relay")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class MeteredRelay extends BasicAlgorithm {
    /** First parameter of the {@code CUSTOM} message that asks for receipts. */
    static final int ASK_RECEIPTS = 1;

    @Carried
    private long messages;

    @Carried
    private long bytes;

    /** As the setting has it, since {@code CONFIGURE} may have replaced what the place says. */
    @Carried
    private JsonObject settings = new JsonObject();

    private Routes routes = Routes.NONE;
    private NodeId[] destinations = {};

    private final Receipts receipts = new Receipts();

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Arrivals arrivals;

    /** Reads the settings, and refuses wrong ones. */
    @Override
    public void begin(Place place) {
        super.begin(place);
        arrivals = new Arrivals(self());
        configure(place.settings());
    }

    @Override
    public Disposition process(Message message) {
        if (!MessageType.isControl(message.type())) {
            messages++;
            bytes += Header.BYTES + message.payloadSize();
            arrivals.arrived(message.from(), now());
            send(message, destinations);
            return Disposition.DONE;
        }
        switch (message.type()) {
            case MessageType.CONFIGURE -> reconfigure(message);
            case MessageType.CUSTOM -> command(message.param1());
            case Receipts.TYPE ->
                receipts.take(message, routes.next(), arrivals::messages)
                        .ifPresent(answer ->
                                send(message(Receipts.TYPE).payload(answer).build(), message.from()));
            default -> super.process(message);
        }
        return Disposition.DONE;
    }

    private void command(int what) {
        if (what == ASK_RECEIPTS && !routes.next().isEmpty()) {
            send(
                    message(Receipts.TYPE).payload(receipts.ask()).build(),
                    routes.next().toArray(NodeId[]::new));
        }
    }

    private void reconfigure(Message message) {
        try {
            configure(Payloads.json(message));
        } catch (IllegalArgumentException e) {
            // The sender is somewhere else: say it where the node is watched, and go on as before.
            trace("relay keeps its settings: " + e.getMessage());
        }
    }

    private void configure(JsonObject wanted) {
        routes = Routes.read(wanted, self());
        settings = wanted;
        destinations = routes.destinations(self());
    }

    /** Takes over counters and settings from any version of the relay. */
    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        configure(settings);
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("messages", messages);
        status.addProperty("bytes", bytes);
        status.add("next", routes.nextAsJson());
        status.add("upstreams", arrivals.toJson());
        status.add("receipts", receipts.toJson());
        return status;
    }
}
