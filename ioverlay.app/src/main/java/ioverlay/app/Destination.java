package ioverlay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a received file goes.
 *
 * @param directory that exists and can be written in
 * @param name of the file, or empty: the name it has at the source
 * @param overwrite whether an existing file is replaced
 */
record Destination(Path directory, Optional<String> name, boolean overwrite) {
    /**
     * Reads {@code directory} or {@code path}, and {@code overwrite}.
     *
     * @throws IllegalArgumentException if a setting is wrong
     * @throws IOException if nothing can be written there; the text names the path
     */
    static Destination read(Settings settings) throws IOException {
        Optional<String> directory = settings.text("directory");
        Optional<String> path = settings.text("path");
        if (directory.isPresent() == path.isPresent()) {
            throw new IllegalArgumentException(
                    "file.sink: one of directory and path must be given, not " + (path.isPresent() ? "both" : "none"));
        }
        boolean overwrite = settings.flag("overwrite", false);
        Destination destination = directory.isPresent()
                ? new Destination(path(directory.get()), Optional.empty(), overwrite)
                : inDirectory(path(path.orElseThrow()), overwrite);
        destination.check();
        return destination;
    }

    private static Destination inDirectory(Path file, boolean overwrite) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("file.sink: path is the path of a file, not '" + file + "'");
        }
        return new Destination(parent, Optional.of(file.getFileName().toString()), overwrite);
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("file.sink: '" + text + "' is no path", e);
        }
    }

    /** Better refused now than after the first chunks: permissions alone do not tell whether a file can be written. */
    private void check() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("cannot write in '" + directory + "': there is no such directory");
        }
        try {
            Files.delete(Files.createTempFile(directory, ".", ".part"));
        } catch (IOException e) {
            throw new IOException("cannot write in '" + directory + "': " + PartFile.reason(e), e);
        }
        if (name.isPresent()) {
            PartFile.refuseExisting(directory.resolve(name.get()), overwrite);
        }
    }

    /** Starts to receive. */
    Reception receive(FileBegin file) throws IOException {
        return Reception.begin(file, directory.resolve(name.orElse(file.file())), overwrite);
    }
}
