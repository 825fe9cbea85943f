package ioverlay.shell.socket;

import ioverlay.shell.wire.Place;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The socket's file. It is made in a directory that nobody else can enter, gets its mode there, and only then its name:
 * at no moment can another user reach it.
 */
final class SocketFile implements AutoCloseable {
    private static final String PRIVATE_DIRECTORY = "rwx------";
    private static final String PRIVATE_FILE = "rw-------";

    private final Path file;
    private final @Nullable Object identity;
    private final ServerSocketChannel channel;

    private SocketFile(Path file, ServerSocketChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.identity = identity(file);
    }

    /**
     * Listens in a data directory. What a container that is gone has left there is replaced.
     *
     * @throws BindException if a container that lives listens there
     */
    static SocketFile in(Path directory) throws IOException {
        Path file = directory.resolve(Place.NAME);
        if (Files.exists(file) && answers(file)) {
            throw new BindException("another container has its shell at " + file);
        }
        Path own = Files.createTempDirectory(
                directory,
                ".s",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE_DIRECTORY)));
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try (Place place = Place.of(own.resolve("s"))) {
            channel.bind(place.address());
            Files.setPosixFilePermissions(own.resolve("s"), PosixFilePermissions.fromString(PRIVATE_FILE));
            Files.move(own.resolve("s"), file, StandardCopyOption.ATOMIC_MOVE);
            return new SocketFile(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(own.resolve("s"));
            throw e;
        } finally {
            Files.delete(own);
        }
    }

    private static boolean answers(Path file) {
        try (Place place = Place.of(file);
                SocketChannel channel = SocketChannel.open(place.address())) {
            return channel.isConnected();
        } catch (IOException e) {
            return false; // nobody listens, so nobody needs the file
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    ServerSocketChannel channel() {
        return channel;
    }

    Path path() {
        return file;
    }

    /** Stops listening, and removes the file unless it is somebody else's by now. */
    @Override
    public void close() throws IOException {
        channel.close();
        try {
            if (Objects.equals(identity, identity(file))) {
                Files.delete(file);
            }
        } catch (FileSystemException e) {
            // it is gone already, or the directory is
        }
    }
}
