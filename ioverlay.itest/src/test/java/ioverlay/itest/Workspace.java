package ioverlay.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's folders, as they lie on disk. */
public final class Workspace {
    /** The folder with the root {@code pom.xml}. */
    public static final Path ROOT = root();

    private Workspace() {}

    /**
     * One bundle's folder.
     *
     * @param folder its name, which is its symbolic name and its root package
     * @param directory where it lies: for a further version of a bundle, a folder inside that of the first
     */
    public record Module(String folder, Path directory) {
        public Path classes() {
            return directory.resolve("target/classes");
        }

        /** Whether the folder's role in the table begins with this, as {@code ioverlay.algo} or {@code ioverlay.api}. */
        public boolean is(String prefix) {
            return folder.equals(prefix) || folder.startsWith(prefix + ".");
        }

        @Override
        public String toString() {
            return ROOT.relativize(directory).toString();
        }
    }

    /** Every folder that makes a bundle, further versions included; {@code ioverlay.itest} makes none. */
    public static List<Module> modules() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("ioverlay."))
                    .flatMap(folder -> versions(folder)
                            .map(directory -> new Module(folder.getFileName().toString(), directory)))
                    .sorted((a, b) -> a.directory().compareTo(b.directory()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every Java source file of the project, tests included. */
    public static List<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> versions(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return Stream.concat(Stream.of(folder), inside)
                    .filter(directory -> Files.exists(directory.resolve("bnd.bnd")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("cnf"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
