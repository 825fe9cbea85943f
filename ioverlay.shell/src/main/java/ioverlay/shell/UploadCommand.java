package ioverlay.shell;

import ioverlay.api.observer.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:upload}. */
@CommandLine.Command(
        name = "upload",
        description =
                "Hands an algorithm bundle to this container's observer, which checks it and keeps it. Nodes get it by a"
                        + " rollout.",
        footer = {"", "Gives the UploadedBundle, in a list."})
final class UploadCommand extends Command {
    private static final String WHO = "shell";

    @Parameters(index = "0", paramLabel = "PATH", description = "The bundle's file.")
    private String location = "";

    @Override
    Object run(Container container, Here here) {
        Uploads uploads = uploads(container);
        Path file = file(here);
        try (InputStream bytes = Files.newInputStream(file);
                Progress progress = Progress.at(here)) {
            progress.show("checking " + location + " ...");
            return UploadsCommand.shown(List.of(uploads.upload(bytes, WHO)));
        } catch (IOException e) {
            throw new Failed("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Those of the observer. */
    static Uploads uploads(Container container) {
        return container
                .uploads()
                .get()
                .orElseThrow(() -> new Failed("there is no observer in this container, and uploads are its work;"
                        + " deploy brings a bundle into the container itself"));
    }

    private Path file(Here here) {
        try {
            Path file = here.directory().resolve(location).normalize();
            if (!Files.isRegularFile(file)) {
                throw new Failed("there is no file " + file);
            }
            return file;
        } catch (InvalidPathException e) {
            throw new Failed("a bundle's place is a path, not '" + location + "'", e);
        }
    }
}
