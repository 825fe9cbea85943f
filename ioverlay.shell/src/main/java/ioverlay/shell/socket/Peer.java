package ioverlay.shell.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/** Who is at the other end. */
final class Peer {
    private Peer() {}

    /**
     * Whether it is the user whose container this is. Where the system cannot say, the mode of the socket's file alone
     * keeps others out.
     *
     * @param file of the socket
     */
    static boolean isOwner(SocketChannel channel, Path file) throws IOException {
        try {
            return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(Files.getOwner(file));
        } catch (UnsupportedOperationException | NoClassDefFoundError e) {
            return true;
        }
    }
}
