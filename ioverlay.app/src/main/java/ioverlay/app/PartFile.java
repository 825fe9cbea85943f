package ioverlay.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A file on its way in: written as {@code NAME.part} beside its target, which it becomes in one step when it is whole.
 * It is locked meanwhile, so that what a killed program left behind can be told from what another one writes.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class PartFile {
    private static final int READ_BYTES = 64 << 10;

    private final Path target;
    private final Path part;
    private final boolean overwrite;
    private final FileChannel channel;

    private PartFile(Path target, Path part, boolean overwrite, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.overwrite = overwrite;
        this.channel = channel;
    }

    /**
     * Starts an empty one.
     *
     * @throws IOException if it cannot be written, or the target exists and must not be overwritten; the text names it
     */
    static PartFile open(Path target, boolean overwrite) throws IOException {
        refuseExisting(target, overwrite);
        Path part = target.resolveSibling(target.getFileName() + ".part");
        FileChannel channel = create(part);
        PartFile file = new PartFile(target, part, overwrite, channel);
        try {
            channel.truncate(0);
        } catch (IOException e) {
            file.discard();
            throw new IOException("cannot write '" + part + "': " + reason(e), e);
        }
        return file;
    }

    private static FileChannel create(Path part) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new IOException("cannot write '" + part + "': " + reason(e), e);
        }
        if (!lock(channel)) {
            channel.close();
            throw new IOException("cannot write '" + part + "': something else is writing it");
        }
        return channel;
    }

    private static boolean lock(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock(); // held until the channel closes
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true; // this file system has no locks: go without
        }
    }

    /** Throws if the target is there and must stay. */
    static void refuseExisting(Path target, boolean overwrite) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException("cannot write '" + target + "': it is a directory");
        }
        if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(
                    "'" + target + "' exists already, and the setting overwrite is not true");
        }
    }

    /** What the system says of a failed access, without the path that the caller has named. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
    }

    /**
     * Writes all that remains in the buffer.
     *
     * @throws IOException if the disk is full, for example; the text names the file
     */
    void write(ByteBuffer bytes, long position) throws IOException {
        try {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw new IOException("cannot write '" + part + "': " + reason(e), e);
        }
    }

    /** The SHA-256 of what was written, read back from the file. */
    byte[] sha256() throws IOException {
        MessageDigest digest = Sha256.start();
        ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
        for (long at = 0; channel.read(bytes, at) > 0; at += bytes.limit()) {
            digest.update(bytes.flip());
            bytes.clear();
        }
        return digest.digest();
    }

    /**
     * Becomes the target.
     *
     * @throws IOException if it cannot; the part is then gone, and the text names the target
     */
    void keep() throws IOException {
        try {
            refuseExisting(target, overwrite);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            channel.close();
        } catch (IOException e) {
            discard();
            throw e instanceof FileAlreadyExistsException
                    ? e
                    : new IOException("cannot rename '" + part + "' to '" + target + "': " + reason(e), e);
        }
    }

    /** Leaves nothing behind. Does not throw: whoever discards has a better reason to report. */
    void discard() {
        try (channel) {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            System.getLogger(PartFile.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove '" + part + "': " + reason(e), e);
        }
    }
}
