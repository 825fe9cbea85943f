package ioverlay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where a container keeps what outlives it. */
final class DataDirectory {
    private static final String NAME = "ioverlay";

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
}
