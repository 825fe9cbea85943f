package ioverlay.container.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import ioverlay.container.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A data directory in the hands of one container. The lock is the system's: it goes with the process, however that ends.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final String HELD_PREFIX = "ioverlay.held:";

    private final FileChannel channel;
    private final String held;

    private DirectoryLock(FileChannel channel, String held) {
        this.channel = channel;
        this.held = held;
    }

    /**
     * Takes a directory.
     *
     * @throws JournalException if another container has it; the sentence names the directory and that one's process
     */
    public static DirectoryLock take(Path directory) throws JournalException {
        try {
            String held = HELD_PREFIX + directory.toRealPath();
            // Two containers of one JVM: whoever closes a file gives the locks of the whole process on it away, so the
            // second must not even open it. They share no class, only the system's properties.
            if (System.getProperties().putIfAbsent(held, "held") != null) {
                throw taken(directory, Long.toString(ProcessHandle.current().pid()));
            }
            try {
                return new DirectoryLock(lock(directory), held);
            } catch (IOException | JournalException e) {
                System.getProperties().remove(held);
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException(
                    "the data directory " + directory + " cannot be locked: "
                            + e.getClass().getSimpleName().replace("Exception", "") + " " + Reason.of(e),
                    e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException, JournalException {
        Path file = directory.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(directory, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)));
            return channel;
        } catch (IOException | JournalException e) {
            channel.close();
            throw e;
        }
    }

    private static JournalException taken(Path directory, String pid) {
        return new JournalException("a data directory belongs to one container, and " + directory + " is in use by "
                + (pid.isEmpty() ? "another one" : "process " + pid));
    }

    /** Gives it free. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(DirectoryLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "the lock is not given back: {0}", Reason.of(e));
        } finally {
            System.getProperties().remove(held);
        }
    }
}
