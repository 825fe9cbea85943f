package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.guide.Edit;
import ioverlay.itest.guide.Guide;
import ioverlay.itest.guide.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Does what a guide for authors says, block by block, in a directory with a space in its name. */
final class Author implements AutoCloseable {
    static final String PROJECT = "my.algo.deal";

    private final Shell shell;

    private Author(Shell shell) {
        this.shell = shell;
    }

    static Author in(Path directory) throws IOException {
        Path work = Files.createDirectory(directory.resolve("try it"));
        Path tools = Files.createDirectory(directory.resolve("tools"));
        return new Author(Shell.in(work, tools, Workspace.ROOT.resolve("run")));
    }

    Shell shell() {
        return shell;
    }

    /** A file of the project. */
    Path file(String path) {
        return shell.directory().resolve(PROJECT).resolve(path);
    }

    /** Commands for a shell, changes of files, and pieces of source that must be there. */
    void follow(Guide.Block block) throws IOException, InterruptedException {
        switch (block.kind()) {
            case "sh" -> {
                Shell.Said said = shell.run(block.text());
                assertThat(said.exitCode()).as(block + ": " + said.output()).isZero();
            }
            case "diff" -> Edit.of(block.text()).apply(shell.directory());
            case "java" -> assertThat(sources()).as(block.toString()).anyMatch(source -> source.contains(block.text()));
            default -> throw new AssertionError("nobody knows what to do with " + block);
        }
    }

    private List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(file("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Author::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away the copies of the project's jars that Maven made in the user's own repository. */
    @Override
    public void close() throws IOException {
        Path users = Path.of(System.getProperty("user.home"), ".m2", "repository", "ioverlay");
        Path carried = file("repository/ioverlay");
        if (!Files.isDirectory(carried) || !Files.isDirectory(users)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(carried, 2)) {
            for (Path carriedOne : inside.sorted(Comparator.reverseOrder()).toList()) {
                Path copy = users.resolve(carried.relativize(carriedOne).toString());
                if (carriedOne.getNameCount() == carried.getNameCount() + 2) {
                    deleteAll(copy);
                } else {
                    deleteIfEmpty(copy);
                }
            }
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Others have put something there.
        }
    }
}
