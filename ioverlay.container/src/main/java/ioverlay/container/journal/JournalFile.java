package ioverlay.container.journal;

import com.google.gson.JsonObject;
import ioverlay.container.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * A file of records that only grows, one per line; what it says counts from when it is on the disk. See
 * {@code docs/journal.md}.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class JournalFile implements AutoCloseable {
    /** Its name in the data directory. */
    public static final String NAME = "journal";

    /** Below this many bytes it is not worth writing anew. */
    static final int SMALL_BYTES = 256 << 10;

    /** How much longer than its records' gist it may get. */
    static final int GROWTH = 4;

    private static final Logger LOG = System.getLogger(JournalFile.class.getName());
    private static final long MAX_BYTES = 1L << 30;

    private final Path path;
    private final Storage storage;
    private FileChannel channel;
    private long length;
    private long gist;

    /** Why nothing can be written any more; empty while it can. */
    private String broken = "";

    private JournalFile(Path path, Storage storage, FileChannel channel, long length) {
        this.path = path;
        this.storage = storage;
        this.channel = channel;
        this.length = length;
        this.gist = length;
    }

    /**
     * Opens the journal of a directory, and makes it if it is not there.
     *
     * @param book takes what it says
     * @throws JournalException if it cannot be read or written, or was written by a newer version
     */
    public static JournalFile open(Path directory, Book book) throws JournalException {
        return open(directory, book, Storage.DISK);
    }

    static JournalFile open(Path directory, Book book, Storage storage) throws JournalException {
        Path path = directory.resolve(NAME);
        try {
            Files.deleteIfExists(unfinished(path));
            return Files.exists(path) ? read(path, book, storage) : written(path, book, storage);
        } catch (IOException e) {
            throw new JournalException("the journal " + path + " cannot be opened: " + said(e), e);
        }
    }

    private static JournalFile read(Path path, Book book, Storage storage) throws IOException, JournalException {
        if (Files.size(path) > MAX_BYTES) {
            throw new JournalException("a journal has at most " + MAX_BYTES + " bytes, and " + path + " has more");
        }
        byte[] bytes = Files.readAllBytes(path);
        Contents contents = Contents.of(bytes);
        for (JsonObject record : contents.records()) {
            apply(path, book, record);
        }
        if (contents.damaged() > 0 || contents.records().isEmpty()) {
            Path aside = setAside(path, bytes);
            LOG.log(
                    Level.WARNING,
                    "the journal {0} is damaged: {1} of its records are lost, {2} are whole and count; as it was it is in {3}",
                    path,
                    contents.damaged() + (contents.tornBytes() > 0 ? 1 : 0),
                    contents.records().size(),
                    aside);
            return written(path, book, storage);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (contents.tornBytes() > 0) {
            Path aside = setAside(path, Arrays.copyOfRange(bytes, contents.wholeBytes(), bytes.length));
            channel.truncate(contents.wholeBytes());
            storage.write(channel, ByteBuffer.allocate(0));
            LOG.log(
                    Level.WARNING,
                    "the end of the journal {0} was not whole, {1} bytes: what was being written down when"
                            + " the container ended had not been answered; it is in {2}",
                    path,
                    contents.tornBytes(),
                    aside);
        }
        channel.position(contents.wholeBytes());
        JournalFile file = new JournalFile(path, storage, channel, contents.wholeBytes());
        file.gist = gist(book);
        return file;
    }

    private static void apply(Path path, Book book, JsonObject record) throws JournalException {
        try {
            book.apply(record);
        } catch (RuntimeException e) {
            // Whatever it is that this version does not understand, to go on without it would be to lose it.
            throw new JournalException("the journal " + path + " is not opened: " + Reason.of(e), e);
        }
    }

    private static Path setAside(Path path, byte[] bytes) throws IOException {
        Path aside = path.resolveSibling(NAME + ".damaged-" + System.currentTimeMillis());
        Files.write(aside, bytes, StandardOpenOption.CREATE_NEW);
        return aside;
    }

    private static JournalFile written(Path path, Book book, Storage storage) throws IOException {
        byte[] text = text(book.records());
        FileChannel channel = replaced(path, text, storage);
        return new JournalFile(path, storage, channel, text.length);
    }

    private static long gist(Book book) {
        return text(book.records()).length;
    }

    private static byte[] text(List<JsonObject> records) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        records.forEach(record -> text.writeBytes(Line.of(record)));
        return text.toByteArray();
    }

    private static FileChannel replaced(Path path, byte[] text, Storage storage) throws IOException {
        Path next = unfinished(path);
        FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            storage.write(channel, ByteBuffer.wrap(text));
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            storage.forceNames(path.toAbsolutePath().resolveSibling(""));
            return channel;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(next);
            throw e;
        }
    }

    private static Path unfinished(Path path) {
        return path.resolveSibling(NAME + ".next");
    }

    /**
     * Writes a record down; it is on the disk when this returns.
     *
     * @throws JournalException if it is not, and will not be
     */
    public void append(JsonObject record) throws JournalException {
        byte[] line = Line.of(record);
        if (!broken.isEmpty() || line.length > Line.MAX_BYTES) {
            throw new JournalException(
                    broken.isEmpty()
                            ? "a record of the journal has at most " + Line.MAX_BYTES + " bytes, not " + line.length
                            : broken);
        }
        try {
            storage.write(channel, ByteBuffer.wrap(line));
            length += line.length;
        } catch (IOException e) {
            takeBack();
            throw new JournalException("it cannot be written down in " + path + ": " + said(e), e);
        }
    }

    /** Cuts off what was written of a record that did not fit. */
    private void takeBack() {
        try {
            channel.truncate(length);
            channel.position(length);
            channel.force(true);
        } catch (IOException e) {
            broken = "nothing more can be written down in " + path + ", which has failed before: " + said(e);
            LOG.log(Level.WARNING, broken);
        }
    }

    /**
     * Writes it anew if it has become much longer than what it says. If that fails the old one goes on.
     *
     * @param book what it says
     */
    public void compact(Book book) {
        if (length < SMALL_BYTES || length < GROWTH * gist || !broken.isEmpty()) {
            return;
        }
        byte[] text = text(book.records());
        gist = text.length;
        if (length < GROWTH * gist) {
            return;
        }
        try {
            FileChannel next = replaced(path, text, storage);
            channel.close();
            channel = next;
            length = text.length;
        } catch (IOException e) {
            gist = length; // tried again when it has grown by that factor once more
            LOG.log(Level.WARNING, "the journal {0} cannot be written anew and goes on growing: {1}", path, said(e));
        }
    }

    /** How many bytes it has. */
    public long length() {
        return length;
    }

    private static String said(IOException e) {
        return e.getClass().getSimpleName().equals("IOException")
                ? Reason.of(e)
                : e.getClass().getSimpleName().replace("Exception", "") + " " + Reason.of(e);
    }

    /** Nothing is written any more. */
    @Override
    public void close() {
        broken = "the journal " + path + " is closed";
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0}: {1}", path, said(e));
        }
    }
}
