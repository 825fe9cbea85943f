package ioverlay.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that is read once from its beginning to its end, and may not change its size meanwhile. Every failure is an
 * {@link IOException} whose text names the file.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class SourceFile {
    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final MessageDigest digest = Sha256.start();

    private SourceFile(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /** Opens it; its size is fixed from now on. */
    static SourceFile open(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException(
                    "cannot read '" + path + "': it is no regular file"); // and opening could wait for ever
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new SourceFile(path, channel, channel.size());
        } catch (IOException e) {
            throw new IOException("cannot read '" + path + "': " + PartFile.reason(e), e);
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    long size() {
        return size;
    }

    /** Fills the buffer with what comes next. */
    void read(ByteBuffer chunk) throws IOException {
        ByteBuffer content = chunk.duplicate();
        try {
            while (chunk.hasRemaining()) {
                if (channel.read(chunk) < 0) {
                    throw changed("shorter");
                }
            }
        } finally {
            while (chunk.hasRemaining()) {
                chunk.put((byte) 0); // it will be sent: what the memory held before is nobody's business
            }
        }
        digest.update(content);
    }

    /** The SHA-256 of all that was read, once that is the whole file. */
    String sha256() throws IOException {
        if (channel.read(ByteBuffer.allocate(1)) > 0) { // size() alone is 0 for what a system makes up on reading
            throw changed("longer");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private IOException changed(String how) {
        return new IOException("'" + path + "' is " + how + " than the " + size + " bytes that it had at first");
    }

    /** Nothing depends on how it ends: it was only read. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(SourceFile.class.getName())
                    .log(System.Logger.Level.WARNING, "closing '" + path + "': " + PartFile.reason(e), e);
        }
    }
}
