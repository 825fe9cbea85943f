package ioverlay.shell.wire;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The address of a socket file. A system takes only about a hundred bytes for it; a longer path is reached through a
 * short link in a directory of its own, which closing removes.
 */
public final class Place implements AutoCloseable {
    /** The name of the socket in a data directory. */
    public static final String NAME = "shell.sock";

    /** What every system takes: 104 bytes on some, 108 on Linux, one of them for the end. */
    private static final int MOST_BYTES = 100;

    private final UnixDomainSocketAddress address;
    private final Path shortcut;

    private Place(UnixDomainSocketAddress address, Path shortcut) {
        this.address = address;
        this.shortcut = shortcut;
    }

    /**
     * For a file in a directory that is there.
     *
     * @throws IOException if the path is too long and even a link in the temporary directory is
     */
    public static Place of(Path file) throws IOException {
        if (length(file) <= MOST_BYTES) {
            return new Place(UnixDomainSocketAddress.of(file), file);
        }
        Path own = Files.createTempDirectory("io");
        Path link = own.resolve("d");
        Place place = new Place(UnixDomainSocketAddress.of(link.resolve(file.getFileName())), link);
        if (length(link.resolve(file.getFileName())) > MOST_BYTES) {
            Files.delete(own);
            throw new IOException("the path of a socket has at most " + MOST_BYTES + " bytes, not " + length(file)
                    + " as " + file + ", and the temporary directory's is too long for a link to it");
        }
        Files.createSymbolicLink(link, file.toAbsolutePath().getParent());
        return place;
    }

    private static int length(Path file) {
        return file.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** To bind or connect to. */
    public UnixDomainSocketAddress address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        if (Files.isSymbolicLink(shortcut)) {
            Files.delete(shortcut);
            Files.delete(shortcut.getParent());
        }
    }
}
