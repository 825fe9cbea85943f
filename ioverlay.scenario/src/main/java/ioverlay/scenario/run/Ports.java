package ioverlay.scenario.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Looks for free ports for nodes, some of which listen later or come back: below those that systems give to connections that
 * are dialled (32768 and up on Linux, 49152 elsewhere), since one of the run's own would else have it by then.
 */
final class Ports implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Ports.class.getName());
    private static final int LEAST = 10_000;
    private static final int MOST = 32_767;
    private static final int MOST_ATTEMPTS = 200;

    private final List<ServerSocket> open = new ArrayList<>();
    private final Set<Integer> taken = new HashSet<>();

    /** Nobody gets this one. */
    void take(int port) {
        taken.add(port);
    }

    /**
     * One that nobody listens at; no other call gets it.
     *
     * @throws IOException if there is none
     */
    int free(String address) throws IOException {
        for (int attempt = 0; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LEAST, MOST + 1);
            if (!taken.add(port)) {
                continue;
            }
            ServerSocket socket = new ServerSocket();
            open.add(socket);
            try {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
                return port;
            } catch (IOException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Lets all of them go, so that nodes can have them. */
    @Override
    public void close() {
        for (ServerSocket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a port that was only looked for", e);
            }
        }
    }
}
