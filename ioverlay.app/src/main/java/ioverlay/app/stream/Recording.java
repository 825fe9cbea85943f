package ioverlay.app.stream;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes what is shown into a file. A full disk, or a full measure, ends it and nothing else.
 *
 * <p><b>Threads:</b> one.
 */
final class Recording implements Viewer {
    private final Path file;
    private final long mostBytes;
    private final OutputStream out;
    private final Playout playout = new Playout();
    private long bytes;
    private String failure = "";

    private Recording(Path file, long mostBytes, OutputStream out) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.out = out;
    }

    /**
     * Begins one, in a directory that is made if need be.
     *
     * @throws IOException if it cannot be written; the text names the file
     */
    static Recording open(Path file, boolean overwrite, long mostBytes) throws IOException {
        OpenOption mode = overwrite ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new IOException("stream: cannot write '" + file + "': " + e, e);
        }
        try {
            OutputStream out =
                    Files.newOutputStream(file, mode, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            return new Recording(file, mostBytes, out);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("stream: '" + file + "' exists, and overwrite is not set", e);
        } catch (IOException e) {
            throw new IOException("stream: cannot write '" + file + "': " + e, e);
        }
    }

    @Override
    public void show(Unit unit, boolean isAfterGap, long nowNs) {
        if (isAfterGap) {
            playout.skip();
        }
        byte[] next = playout.next(unit);
        if (!failure.isEmpty() || next.length == 0) {
            return;
        }
        if (bytes + next.length > mostBytes) {
            end("it has the " + mostBytes + " bytes that recordBytes allows");
            return;
        }
        try {
            out.write(next);
            bytes += next.length;
        } catch (IOException e) {
            end("cannot write '" + file + "': " + e);
        }
    }

    private void end(String why) {
        failure = why;
        close();
    }

    JsonObject describe() {
        JsonObject recording = new JsonObject();
        recording.addProperty("file", file.toString());
        recording.addProperty("bytes", bytes);
        recording.addProperty("failure", failure);
        return recording;
    }

    void close() {
        try {
            out.close();
        } catch (IOException e) {
            failure = failure.isEmpty() ? "cannot end '" + file + "': " + e : failure;
        }
    }
}
