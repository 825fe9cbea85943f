package ioverlay.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A fresh temporary directory that goes away with all that is in it.
 *
 * <p><b>Threads:</b> any; {@link #close} is idempotent.
 */
final class Scratch implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 10;

    private final Path directory;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /** Makes one below the system's temporary directory; only this user can read it. */
    static Scratch open(String command) throws IOException {
        return new Scratch(Files.createTempDirectory("ioverlay-" + command + "-"));
    }

    Path directory() {
        return directory;
    }

    /**
     * Removes it. What another thread has removed already is no error.
     *
     * @throws IOException if something could not be removed; the message names it
     */
    @Override
    public synchronized void close() throws IOException {
        for (int attempt = 1; Files.exists(directory); attempt++) {
            try {
                Files.walkFileTree(directory, new Removal());
            } catch (DirectoryNotEmptyException e) {
                // Somebody who has not heard of the end yet wrote one more file meanwhile.
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
