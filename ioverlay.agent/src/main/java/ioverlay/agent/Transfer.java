package ioverlay.agent;

import ioverlay.api.container.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bundle on its way in: what has come of it, in a file.
 *
 * <p><b>Threads:</b> any, one at a time: its methods lock.
 */
final class Transfer {
    private final Path file;
    private final String sha256;
    private final long bytes;
    private long have;
    private long touchedNs = System.nanoTime();
    private String failure = "";

    /** Held by who has it added, so that the file stays until that has ended. */
    final ReentrantLock adding = new ReentrantLock();

    /**
     * Begins, with nothing.
     *
     * @throws RefusedException if the file cannot be made
     */
    Transfer(Path file, String sha256, long bytes) {
        this.file = file;
        this.sha256 = sha256;
        this.bytes = bytes;
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw new RefusedException("no room for a bundle at " + file + ": " + e.getMessage(), e);
        }
    }

    String sha256() {
        return sha256;
    }

    long bytes() {
        return bytes;
    }

    /** Somebody asks for it. */
    synchronized void touch() {
        touchedNs = System.nanoTime();
    }

    synchronized long have() {
        touch();
        return have;
    }

    synchronized long idleNs() {
        return System.nanoTime() - touchedNs;
    }

    /** Takes a part in; what does not go on where the last one ended is left out, and so is missing in the end. */
    synchronized void add(long offset, byte[] part) {
        touch();
        if (offset != have || have + part.length > bytes || !failure.isEmpty()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(part);
            for (long at = offset; left.hasRemaining(); ) {
                at += channel.write(left, at);
            }
            have += part.length;
        } catch (IOException e) {
            failure = "the bundle cannot be written to " + file + ": " + e.getMessage();
        }
    }

    /**
     * The file, if all of it is there.
     *
     * @throws RefusedException if not
     */
    synchronized Path whole() {
        if (!failure.isEmpty()) {
            throw new RefusedException(failure);
        }
        if (have != bytes) {
            throw new RefusedException(
                    "of the bundle " + sha256 + " only " + have + " of " + bytes + " bytes are here");
        }
        return file;
    }

    /** Whether what comes cannot be kept any more, as where the disk is full: whoever brings it begins anew. */
    synchronized boolean hasFailed() {
        return !failure.isEmpty();
    }

    /** Takes the file away. */
    synchronized void discard() {
        failure = failure.isEmpty() ? "the bundle " + sha256 + " was given up" : failure;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(Transfer.class.getName())
                    .log(System.Logger.Level.DEBUG, "a partial bundle stays: {0}", e.getMessage());
        }
    }
}
