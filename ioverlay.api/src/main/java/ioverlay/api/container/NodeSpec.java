package ioverlay.api.container;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a node is to be. Made with {@link #named} and the {@code with} methods.
 *
 * @param name unique in its container: 1 to 64 letters, digits, dots, dashes and underscores
 * @param address a loopback address, as a literal; others are refused as long as links are not encrypted
 * @param port 0 to 65535; 0 means any free one, which the container then keeps
 * @param bufferBytes the window that each link and application gets, in bytes of header and payload, 4 KiB to 64 MiB
 * @param maxPayload the largest payload it takes, in bytes, 64 to {@link Header#MAX_PAYLOAD}
 * @param slots by application id; 0 serves all applications without their own
 * @param emulation the network that it is to believe in
 * @param inactivityMillis a link that owes traffic and is silent for this long has failed, 200 ms to 10 min
 * @param location where it is on the globe, if anybody cares
 * @param observer the publicized port of the observer that it registers with, on a loopback address as long as lines are
 *     not encrypted; if empty, the one of its container
 */
public record NodeSpec(
        String name,
        String address,
        int port,
        int bufferBytes,
        int maxPayload,
        Map<Integer, SlotSpec> slots,
        Emulation emulation,
        int inactivityMillis,
        Optional<Location> location,
        Optional<NodeId> observer) {
    /** The window where nothing else is said, in bytes. */
    public static final int DEFAULT_BUFFER_BYTES = 1 << 20;

    /** How long a link may owe and be silent where nothing else is said, in milliseconds. */
    public static final int DEFAULT_INACTIVITY_MILLIS = 10_000;

    private static final int LEAST_INACTIVITY_MILLIS = 200;
    private static final int MOST_INACTIVITY_MILLIS = 600_000;
    private static final int LEAST_BUFFER_BYTES = 4 << 10;
    private static final int MOST_BUFFER_BYTES = 64 << 20;
    private static final int LEAST_MAX_PAYLOAD = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+");

    /**
     * Checks every value.
     *
     * @throws RefusedException with the rule and the value
     */
    public NodeSpec {
        require(
                NAME.matcher(name).matches(),
                "a node's name has 1 to 64 letters, digits, dots, dashes, underscores",
                name);
        require(isLoopback(address), "a node's address is an IPv4 loopback address until links are encrypted", address);
        require(port >= 0 && port <= 0xffff, "a port is 0 (any free one) to 65535", port);
        require(
                bufferBytes >= LEAST_BUFFER_BYTES && bufferBytes <= MOST_BUFFER_BYTES,
                "a node's buffer has " + LEAST_BUFFER_BYTES + " to " + MOST_BUFFER_BYTES + " bytes",
                bufferBytes);
        require(
                maxPayload >= LEAST_MAX_PAYLOAD && maxPayload <= Header.MAX_PAYLOAD,
                "a node's largest payload has " + LEAST_MAX_PAYLOAD + " to " + Header.MAX_PAYLOAD + " bytes",
                maxPayload);
        require(
                inactivityMillis >= LEAST_INACTIVITY_MILLIS && inactivityMillis <= MOST_INACTIVITY_MILLIS,
                "an inactivity time is " + LEAST_INACTIVITY_MILLIS + " to " + MOST_INACTIVITY_MILLIS + " ms",
                inactivityMillis);
        require(
                observer.isEmpty()
                        || observer.get().socketAddress().getAddress().isLoopbackAddress(),
                "a node's observer has a loopback address until lines are encrypted",
                observer.map(NodeId::toString).orElse(""));
        slots = Map.copyOf(slots);
    }

    /** A node in a network that is as it is. */
    public NodeSpec(
            String name, String address, int port, int bufferBytes, int maxPayload, Map<Integer, SlotSpec> slots) {
        this(name, address, port, bufferBytes, maxPayload, slots, Emulation.NONE, DEFAULT_INACTIVITY_MILLIS);
    }

    /** A node that is nowhere in particular, with the observer of its container. */
    public NodeSpec(
            String name,
            String address,
            int port,
            int bufferBytes,
            int maxPayload,
            Map<Integer, SlotSpec> slots,
            Emulation emulation,
            int inactivityMillis) {
        this(
                name,
                address,
                port,
                bufferBytes,
                maxPayload,
                slots,
                emulation,
                inactivityMillis,
                Optional.empty(),
                Optional.empty());
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new RefusedException(rule + ", not '" + value + "'");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return LITERAL.matcher(address).matches()
                    && InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false; // not a literal address, so not a loopback one
        }
    }

    /** A node on 127.0.0.1 at any free port, with defaults and no slots. */
    public static NodeSpec named(String name) {
        return new NodeSpec(name, "127.0.0.1", 0, DEFAULT_BUFFER_BYTES, Header.MAX_PAYLOAD, Map.of());
    }

    /** The same at another address and port. */
    public NodeSpec withAddress(String newAddress, int newPort) {
        return new NodeSpec(
                name,
                newAddress,
                newPort,
                bufferBytes,
                maxPayload,
                slots,
                emulation,
                inactivityMillis,
                location,
                observer);
    }

    /** The same with other buffers. */
    public NodeSpec withBufferBytes(int bytes) {
        return new NodeSpec(
                name, address, port, bytes, maxPayload, slots, emulation, inactivityMillis, location, observer);
    }

    /** The same with another largest payload. */
    public NodeSpec withMaxPayload(int bytes) {
        return new NodeSpec(
                name, address, port, bufferBytes, bytes, slots, emulation, inactivityMillis, location, observer);
    }

    /** The same with one more slot, or with another in its place. */
    public NodeSpec withSlot(int application, SlotSpec slot) {
        Map<Integer, SlotSpec> more = new HashMap<>(slots);
        more.put(application, slot);
        return new NodeSpec(
                name, address, port, bufferBytes, maxPayload, more, emulation, inactivityMillis, location, observer);
    }

    /** The same in another network. */
    public NodeSpec withEmulation(Emulation network) {
        return new NodeSpec(
                name, address, port, bufferBytes, maxPayload, slots, network, inactivityMillis, location, observer);
    }

    /** The same with another inactivity time. */
    public NodeSpec withInactivityMillis(int millis) {
        return new NodeSpec(name, address, port, bufferBytes, maxPayload, slots, emulation, millis, location, observer);
    }

    /** The same at another place on the globe. */
    public NodeSpec withLocation(Location place) {
        return new NodeSpec(
                name,
                address,
                port,
                bufferBytes,
                maxPayload,
                slots,
                emulation,
                inactivityMillis,
                Optional.of(place),
                observer);
    }

    /** The same with an observer of its own. */
    public NodeSpec withObserver(NodeId publicized) {
        return new NodeSpec(
                name,
                address,
                port,
                bufferBytes,
                maxPayload,
                slots,
                emulation,
                inactivityMillis,
                location,
                Optional.of(publicized));
    }
}
