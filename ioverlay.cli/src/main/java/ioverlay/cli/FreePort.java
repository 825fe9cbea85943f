package ioverlay.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** Finds out whether something can listen at an address, before it is told to: what then fails says little about why. */
final class FreePort {
    private FreePort() {}

    /**
     * The endpoint with its port, or with a free one in place of 0. Between this and its use somebody else may take it.
     *
     * @param option that named it, for the sentence
     * @throws FailedException if it is taken or is no address of this machine
     */
    static Endpoint of(Endpoint wanted, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(wanted.address()), wanted.port()), 1);
            return new Endpoint(wanted.address(), socket.getLocalPort());
        } catch (IOException e) {
            throw new FailedException("Nothing can listen at " + wanted + " (" + option + "): "
                    + Reason.of(e).toLowerCase(Locale.ROOT) + ". Port 0 takes any free one");
        }
    }
}
