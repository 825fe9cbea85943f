package ioverlay.container.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How bytes get to the disk; tests put a full one in its place. */
interface Storage {
    /** What the system does. */
    Storage DISK = new Storage() {
        @Override
        public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }

        @Override
        public void forceNames(Path directory) throws IOException {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    };

    /**
     * Writes all bytes where the channel stands, and forces them.
     *
     * @throws IOException if they are not all on the disk; some may be
     */
    void write(FileChannel channel, ByteBuffer bytes) throws IOException;

    /** Makes the names in a directory durable. */
    void forceNames(Path directory) throws IOException;
}
