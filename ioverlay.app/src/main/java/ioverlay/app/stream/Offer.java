package ioverlay.app.stream;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Offers the stream by HTTP on a loopback address.
 *
 * <p><b>Threads:</b> one, which calls {@link #poll} now and then; nothing here blocks, so nobody who watches can hold up
 * anything.
 */
final class Offer implements Viewer, AutoCloseable {
    /** Connections beside those who watch: requests under way, and those that are refused. */
    private static final int MOST_OTHERS = 16;

    /** What the system may hold for one who watches: small, so that who falls behind is noticed here. */
    private static final int SEND_BUFFER_BYTES = 256 << 10;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final int mostClients;
    private final long mostBytes;
    private final long mostNs;
    private final List<Client> clients = new ArrayList<>();
    private String trouble = "";

    private Offer(Selector selector, ServerSocketChannel server, int mostClients, long mostBytes, long mostNs) {
        this.selector = selector;
        this.server = server;
        this.mostClients = mostClients;
        this.mostBytes = mostBytes;
        this.mostNs = mostNs;
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     * @throws IOException if it is taken; the text names it
     */
    static Offer open(int port, int mostClients, long mostBytes, long mostNs) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        Selector selector = Selector.open();
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            server.bind(address);
            return new Offer(selector, server, mostClients, mostBytes, mostNs);
        } catch (IOException e) {
            selector.keys().forEach(key -> close(key.channel()));
            selector.close();
            throw new IOException("stream: cannot offer at 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    /** Where the stream can be seen. */
    String url() {
        return "http://127.0.0.1:" + server.socket().getLocalPort() + Request.PATH;
    }

    /** Does what there is to do. */
    void poll(long nowNs) {
        try {
            selector.selectNow(key -> {
                if (key.attachment() instanceof Client client) {
                    client.read(watching() < mostClients, nowNs);
                } else {
                    accept(nowNs);
                }
            });
        } catch (IOException e) {
            trouble = "cannot look for connections: " + e;
        }
        clients.forEach(client -> client.write(nowNs));
        clients.forEach(client -> client.look(nowNs));
        clients.removeIf(Client::isOver);
    }

    private void accept(long nowNs) {
        try {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            if (clients.size() >= mostClients + MOST_OTHERS) {
                channel.close();
                return;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Client client = new Client(channel, mostBytes, mostNs, nowNs);
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        } catch (IOException e) {
            trouble = "cannot take a connection: " + e;
        }
    }

    @Override
    public void show(Unit unit, boolean isAfterGap, long nowNs) {
        clients.forEach(client -> client.show(unit, isAfterGap, nowNs));
    }

    /** How many watch. */
    long watching() {
        return clients.stream().filter(Client::isWatching).count();
    }

    /** Whether something waits for a socket. */
    boolean isBusy() {
        return clients.stream().anyMatch(Client::isStuck);
    }

    /** What went wrong last; empty if nothing. */
    String trouble() {
        return trouble;
    }

    JsonArray describe() {
        JsonArray all = new JsonArray();
        clients.stream().filter(Client::isWatching).forEach(client -> all.add(client.describe()));
        return all;
    }

    @Override
    public void close() {
        clients.forEach(client -> client.end(0));
        close(server);
        close(selector);
    }

    private static void close(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            System.getLogger(Offer.class.getName()).log(System.Logger.Level.DEBUG, "did not close well", e);
        }
    }
}
