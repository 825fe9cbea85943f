package ioverlay.app;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A file to send, and a directory to receive it in. */
final class FileFixture {
    final Path file;
    final Path received;

    FileFixture(Path directory, int size) throws IOException {
        file = directory.resolve("film.mkv");
        received = Files.createDirectory(directory.resolve("received"));
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(file, content);
    }

    /** Settings of a source for the file. */
    FakeSession sourceSession(int chunkBytes) {
        JsonObject settings = new JsonObject();
        settings.addProperty("path", file.toString());
        settings.addProperty("chunkBytes", chunkBytes);
        return new FakeSession(settings);
    }

    /** All messages that a source makes of the file. */
    List<Message> messages(int chunkBytes) throws Exception {
        FakeSession session = sourceSession(chunkBytes);
        FileSource source = new FileSource();
        source.begin(session);
        FakeOutlet outlet = new FakeOutlet(3);
        outlet.drain(source, session);
        source.end();
        return outlet.messages();
    }

    FileSink sink() throws IOException {
        return sink(false);
    }

    FileSink sink(boolean overwrite) throws IOException {
        JsonObject settings = new JsonObject();
        settings.addProperty("directory", received.toString());
        settings.addProperty("overwrite", overwrite);
        FileSink sink = new FileSink();
        sink.begin(new FakeSession(settings));
        return sink;
    }

    Path target() {
        return received.resolve("film.mkv");
    }

    /** The names of all files that are there now. */
    List<String> left() {
        try (Stream<Path> files = Files.list(received)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String state(FileSink sink) {
        return sink.status().get("state").getAsString();
    }

    static String failure(FileSink sink) {
        return sink.status().get("failure").getAsString();
    }
}
