package ioverlay.app.stream;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Datagrams of whole packets, as encoders send them: up to seven each. Others are left out and counted. */
final class UdpInput implements Input {
    private static final int LONGEST_DATAGRAM = 1 << 16;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int MOST_AT_ONCE = 1024;
    private static final long POLL_NS = 4_000_000;
    private static final long IDLE_POLL_NS = 20_000_000;
    private static final long IDLE_NS = 1_000_000_000;

    private final DatagramChannel channel;
    private final ByteBuffer datagram = ByteBuffer.allocate(LONGEST_DATAGRAM);
    private long datagrams;
    private long wrong;
    private long latestNs;
    private String trouble = "";

    private UdpInput(DatagramChannel channel) {
        this.channel = channel;
    }

    /**
     * Listens.
     *
     * @throws IOException if it cannot; the text names the address
     */
    static UdpInput open(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.bind(address);
            return new UdpInput(channel);
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "stream: cannot listen at udp://" + address.getAddress().getHostAddress() + ":" + address.getPort()
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /** Where it listens. */
    int port() {
        return channel.socket().getLocalPort();
    }

    @Override
    public long read(long nowNs, Sink to) {
        try {
            for (int count = 0; count < MOST_AT_ONCE && next(to); count++) {
                latestNs = nowNs;
            }
        } catch (IOException e) {
            trouble = "cannot receive: " + e;
        }
        return nowNs + (nowNs - latestNs > IDLE_NS ? IDLE_POLL_NS : POLL_NS);
    }

    private boolean next(Sink to) throws IOException {
        datagram.clear();
        if (channel.receive(datagram) == null) {
            return false;
        }
        datagrams++;
        datagram.flip();
        String rule = wrong(datagram);
        if (!rule.isEmpty()) {
            wrong++;
            trouble = rule;
            return true;
        }
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        for (int at = 0; at < bytes.length; at += Packet.BYTES) {
            to.packet(new Packet(bytes, at));
        }
        return true;
    }

    private static String wrong(ByteBuffer datagram) {
        int size = datagram.remaining();
        if (size == 0 || size % Packet.BYTES != 0) {
            return "a datagram is whole packets of " + Packet.BYTES + " bytes, not " + size + " bytes";
        }
        for (int at = 0; at < size; at += Packet.BYTES) {
            if (datagram.get(at) != Packet.SYNC) {
                return "a packet begins with 0x47, not with 0x" + Integer.toHexString(datagram.get(at) & 0xff);
            }
        }
        return "";
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void describe(JsonObject to) {
        to.addProperty("datagrams", datagrams);
        to.addProperty("wrongDatagrams", wrong);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            trouble = "did not close well: " + e;
        }
    }
}
