package ioverlay.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Finds out whether something can listen at an address, before it is told to: what then fails says little about why. */
final class FreePort {
    /** Below those that systems give to connections that are dialled, and to who asks for any: free again after a restart. */
    private static final int LEAST = 10_000;

    private static final int MOST = 32_767;
    private static final int ATTEMPTS = 50;

    private FreePort() {}

    /**
     * The endpoint with its port, or with a free one in place of 0. Between this and its use somebody else may take it.
     *
     * @param option that named it, for the sentence
     * @throws FailedException if it is taken or is no address of this machine
     */
    static Endpoint of(Endpoint wanted, String option) {
        for (int attempt = 0; wanted.port() == 0 && attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LEAST, MOST + 1);
            try {
                return listening(new Endpoint(wanted.address(), port));
            } catch (IOException e) {
                // It is taken; or no port of that address can be had, which is said below.
            }
        }
        try {
            return listening(wanted);
        } catch (IOException e) {
            throw new FailedException("Nothing can listen at " + wanted + " (" + option + "): "
                    + Reason.of(e).toLowerCase(Locale.ROOT) + ". Port 0 takes any free one");
        }
    }

    private static Endpoint listening(Endpoint wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(wanted.address()), wanted.port()), 1);
            return new Endpoint(wanted.address(), socket.getLocalPort());
        }
    }
}
