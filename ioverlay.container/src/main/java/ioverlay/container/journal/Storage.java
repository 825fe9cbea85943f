package ioverlay.container.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How bytes get to the disk; tests put a full one in its place. */
@FunctionalInterface
interface Storage {
    /** What the system does. */
    Storage DISK = (channel, bytes) -> {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    };

    /**
     * Writes all bytes where the channel stands, and forces them.
     *
     * @throws IOException if they are not all on the disk; some may be
     */
    void write(FileChannel channel, ByteBuffer bytes) throws IOException;

    /** Makes the names in a directory durable. */
    static void forceNames(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
