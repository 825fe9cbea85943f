package ioverlay.algo.relay;

import com.google.gson.JsonElement;
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
 * The relay, version 2.0: as 1.1, but what it counts per upstream goes over a swap.
 *
 * <p><b>Behaviour:</b> a message of any data type goes to all nodes of {@code next}, as it is and without a copy, and to
 * the local application if {@code deliver} says so. Nothing looks for cycles: the next hops of all nodes together must
 * form none. {@code CONFIGURE} replaces the settings; a wrong one is traced, and the old settings stay. {@code CUSTOM}
 * with 1 as its first parameter asks the next hops what they have received from this node: those of version 1.1 or later
 * tell (see {@code ReceiptBook}). All other control messages are handled as {@link BasicAlgorithm} does.
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
 * {@code next} as it is in force; {@code received}: the same two numbers in {@code upstreams}, for each neighbour (the
 * node itself stands for the local source; at most 64 are told apart, the rest are {@code others}), and
 * {@code earlier}, for what versions 1.x counted, who do not know from where. {@code receipts}: by next hop what it told
 * last, and how many of the relay's own messages were {@code ignored}.
 *
 * <p><b>State:</b> {@code received} as in the status. Beside it stand {@code messages}, {@code bytes} and {@code settings}
 * as 1.x writes and reads them: so 1.x can take over. It has no place for {@code received} and drops it; what was counted
 * per upstream is then, if 2.0 comes back, part of {@code earlier}. The sums are right on every way. State of a later
 * major version than 2 is refused.
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
public final class AccountingRelay extends BasicAlgorithm {
    /** First parameter of the {@code CUSTOM} message that asks for receipts. */
    static final int ASK_RECEIPTS = 1;

    private static final String NAME = "relay";
    private static final String RECEIVED = "received";

    /** As the setting has it, since {@code CONFIGURE} may have replaced what the place says. */
    @Carried
    private JsonObject settings = new JsonObject();

    private final ReceiptBook receipts = new ReceiptBook();
    private Accounts received = Accounts.empty();
    private Routes routes = Routes.NONE;
    private NodeId[] destinations = {};

    /** Reads the settings, and refuses wrong ones. */
    @Override
    public void begin(Place place) {
        super.begin(place);
        configure(place.settings());
    }

    @Override
    public Disposition process(Message message) {
        if (!MessageType.isControl(message.type())) {
            received.arrived(message.from(), Header.BYTES + message.payloadSize());
            send(message, destinations);
            return Disposition.DONE;
        }
        switch (message.type()) {
            case MessageType.CONFIGURE -> reconfigure(message);
            case MessageType.CUSTOM -> command(message.param1());
            case ReceiptBook.TYPE ->
                receipts.take(message, routes.next(), received::from)
                        .ifPresent(answer ->
                                send(message(ReceiptBook.TYPE).payload(answer).build(), message.from()));
            default -> super.process(message);
        }
        return Disposition.DONE;
    }

    private void command(int what) {
        if (what == ASK_RECEIPTS && !routes.next().isEmpty()) {
            send(
                    message(ReceiptBook.TYPE).payload(receipts.ask()).build(),
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

    /** In the layout of 2.x, and beside it what 1.x reads. */
    @Override
    public State save() {
        JsonObject values = super.save().values();
        received.sum().writeTo(values);
        values.add(RECEIVED, received.toJson());
        return State.of(values);
    }

    /**
     * Takes over counters and settings from relays of 1.x and 2.x; from another algorithm, only what every one carries.
     *
     * @throws IllegalArgumentException to veto: the state of a later major version, one that is not as that version
     *     writes it, or settings that do not fit the node
     */
    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        received = accounts(state.values(), writtenBy);
        super.restore(state, writtenBy);
        configure(settings);
    }

    private static Accounts accounts(JsonObject values, WrittenBy writtenBy) {
        if (!writtenBy.algorithm().equals(NAME)) {
            return Accounts.empty();
        }
        return switch (writtenBy.major()) {
            case 1 -> Accounts.ofSums(values);
            case 2 -> Accounts.read(receivedIn(values));
            default ->
                throw new IllegalArgumentException(
                        "relay 2.0 takes over the state of 1.x and 2.x, not of " + writtenBy.version());
        };
    }

    private static JsonObject receivedIn(JsonObject values) {
        JsonElement json = values.get(RECEIVED);
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("the state of relay 2.x has an object '" + RECEIVED + "', not " + json);
    }

    @Override
    public JsonObject status() {
        JsonObject status = received.sum().writeTo(new JsonObject());
        status.add("next", routes.nextAsJson());
        status.add(RECEIVED, received.toJson());
        status.add("receipts", receipts.toJson());
        return status;
    }
}
