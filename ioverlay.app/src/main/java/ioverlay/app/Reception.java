package ioverlay.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that is being received. Chunks may come in any order, each once.
 *
 * <p>A broken rule of the protocol is an {@link IllegalArgumentException}, a failure of the file system an
 * {@link IOException}; whoever gets one must {@link #discard}.
 */
final class Reception {
    private final FileBegin file;
    private final PartFile part;
    private final MessageDigest digest = Sha256.start();
    private long nextInOrder = 1;
    private long bytes;

    private Reception(FileBegin file, PartFile part) {
        this.file = file;
        this.part = part;
    }

    /** Opens the file that is to become the target. */
    static Reception begin(FileBegin file, Path target, boolean overwrite) throws IOException {
        return new Reception(file, PartFile.open(target, overwrite));
    }

    FileBegin file() {
        return file;
    }

    /** Bytes that are there. */
    long bytes() {
        return bytes;
    }

    /** Writes a chunk to its place. */
    void chunk(long number, ByteBuffer payload) throws IOException {
        if (number < 1 || number > file.chunks()) {
            throw new IllegalArgumentException("the file's chunks are 1 to " + file.chunks() + ", not " + number);
        }
        int size = payload.remaining();
        if (size != file.bytes(number)) {
            throw new IllegalArgumentException(
                    "chunk " + number + " has " + file.bytes(number) + " bytes, not " + size);
        }
        if (number == nextInOrder) {
            digest.update(payload.duplicate());
            nextInOrder++;
        }
        part.write(payload, file.position(number));
        bytes += size;
    }

    /**
     * Checks that all is there and as it was sent; then the file has its name.
     *
     * @return its SHA-256
     */
    String finish(FileEnd end) throws IOException {
        if (!end.failure().isEmpty()) {
            throw new IOException("the source gave up: " + end.failure());
        }
        if (bytes != file.size() || end.size() != file.size()) {
            throw new IOException(bytes + " of " + file.size() + " bytes arrived");
        }
        String sha256 = HexFormat.of().formatHex(isInOrder() ? digest.digest() : part.sha256());
        if (!sha256.equals(end.sha256())) {
            throw new IOException("SHA-256 is " + sha256 + ", and was " + end.sha256() + " at the source");
        }
        part.keep();
        return sha256;
    }

    private boolean isInOrder() {
        return nextInOrder > file.chunks();
    }

    /** Leaves nothing behind. */
    void discard() {
        part.discard();
    }
}
