package ioverlay.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Where a container keeps what outlives it. */
final class DataDirectory {
    private static final String NAME = "ioverlay";

    /** See {@code docs/journal.md}. */
    private static final String LOCK = "lock";

    private DataDirectory() {}

    /** The user's own, after the XDG rules: an unset, empty or relative $XDG_DATA_HOME is ~/.local/share. */
    static Path ofUser(Map<String, String> environment, String home) {
        String set = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = Path.of(set).isAbsolute() ? Path.of(set) : Path.of(home, ".local", "share");
        return base.resolve(NAME);
    }

    /**
     * Makes it if it is not there.
     *
     * @throws UsageException if that cannot be, with the reason
     */
    static Path prepare(Path directory) {
        if (directory.toString().isEmpty()) { // a variable that is not set; it would be the working directory
            throw new UsageException("--data needs a directory, not ''");
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UsageException("--data needs a directory, not '" + directory + "': " + Reason.of(e));
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory) || !Files.isWritable(directory)) {
            throw new UsageException("--data needs a directory that can be read and written, not '" + directory + "'");
        }
        return directory.toAbsolutePath();
    }

    /**
     * Finds out whether another container has it, before the bundles of this one try: each of them would tell the log. Who
     * comes in between is told by them.
     *
     * @throws FailedException if another process has it, with its number
     */
    static void expectFree(Path directory) {
        Path file = directory.resolve(LOCK);
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free == null) {
                String process = Files.readString(file).strip();
                throw new FailedException("a data directory belongs to one container, and " + directory
                        + " is in use by " + (process.isEmpty() ? "another one" : "process " + process));
            }
        } catch (IOException e) {
            System.getLogger(DataDirectory.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0} cannot be tried: {1}", file, Reason.of(e));
        }
    }
}
