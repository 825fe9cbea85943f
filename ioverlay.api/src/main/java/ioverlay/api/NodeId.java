package ioverlay.api;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * The identity of an overlay node: the address and port at which it is reached (paper, section 2.2).
 *
 * <p>A value: equal ids are interchangeable. Algorithms treat it as opaque — they parse it, print it, order it and
 * compare it, so that IPv6 can come without touching them.
 *
 * <p><b>Threads:</b> immutable, any.
 */
public final class NodeId implements Comparable<NodeId> {
    /** Bytes that {@link #write} takes: a tag that names the form (4 = IPv4), the address, the port. */
    public static final int BYTES = 7;

    private static final byte IPV4 = 4;

    private final int address;
    private final int port;

    NodeId(int address, int port) {
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("a node's port is 1 to 65535, not " + port);
        }
        this.address = address;
        this.port = port;
    }

    /**
     * Reads the text form, {@code 10.0.0.1:7000}.
     *
     * @param text four decimal numbers and a port; host names are not looked up
     * @throws IllegalArgumentException if the text has another form; the message gives the rule and the value
     */
    public static NodeId parse(String text) {
        int colon = text.lastIndexOf(':');
        String[] parts = colon < 0 ? new String[0] : text.substring(0, colon).split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(
                    "a node is written as IPv4:port, for example 127.0.0.1:7000, not '" + text + "'");
        }
        int address = 0;
        for (String part : parts) {
            address = address << 8 | decimal(part, 255, text);
        }
        return new NodeId(address, decimal(text.substring(colon + 1), 0xffff, text));
    }

    private static int decimal(String digits, int most, String whole) {
        boolean plain =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = plain ? Integer.parseInt(digits) : -1;
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "in a node, '" + digits + "' must be 0 to " + most + ": '" + whole + "'");
        }
        return value;
    }

    /**
     * The id of a node that listens at this socket address.
     *
     * @throws IllegalArgumentException if the address is unresolved or not IPv4, or the port is 0
     */
    public static NodeId of(InetSocketAddress socket) {
        if (!(socket.getAddress() instanceof Inet4Address v4)) {
            throw new IllegalArgumentException("a node needs a resolved IPv4 address, not " + socket);
        }
        return new NodeId(ByteBuffer.wrap(v4.getAddress()).getInt(), socket.getPort());
    }

    /** Where to dial this node. */
    public InetSocketAddress socketAddress() {
        try {
            byte[] bytes = ByteBuffer.allocate(4).putInt(address).array();
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are always an address", e);
        }
    }

    /**
     * Reads the binary form from the buffer's position, which moves by {@link #BYTES}.
     *
     * @throws IllegalArgumentException if the tag is unknown or the port is 0
     * @throws java.nio.BufferUnderflowException if fewer bytes are left
     */
    public static NodeId read(ByteBuffer from) {
        byte tag = from.get();
        if (tag != IPV4) {
            throw new IllegalArgumentException("a node's binary form starts with the tag 4, not " + tag);
        }
        return new NodeId(from.getInt(), from.getShort() & 0xffff);
    }

    /** Writes the binary form at the buffer's position, which moves by {@link #BYTES}. */
    public void write(ByteBuffer into) {
        into.put(IPV4).putInt(address).putShort((short) port);
    }

    int address() {
        return address;
    }

    int port() {
        return port;
    }

    /** Orders by address as an unsigned number, then by port. */
    @Override
    public int compareTo(NodeId other) {
        int byAddress = Integer.compareUnsigned(address, other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId id && id.address == address && id.port == port;
    }

    @Override
    public int hashCode() {
        return (address * 31 + port) * 0x9e3779b9;
    }

    /** The text form that {@link #parse} reads. */
    @Override
    public String toString() {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255)
                + ":" + port;
    }
}
