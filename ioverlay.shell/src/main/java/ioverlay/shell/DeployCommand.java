package ioverlay.shell;

import ioverlay.api.container.Repository;
import ioverlay.api.container.Repository.Offer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:deploy}. */
@CommandLine.Command(
        name = "deploy",
        description = "Brings an algorithm bundle in, beside what runs: verified, installed, resolved, started."
                + " Nodes go on as they are until they are swapped.",
        footer = {"", "Gives the list of Offer that it brings."})
final class DeployCommand extends Command {
    private static final Pattern URI_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    @Parameters(index = "0", paramLabel = "PATH", description = "The bundle's file, or its file: URI.")
    private String location = "";

    @Option(names = "--sha256", paramLabel = "HEX", description = "Refuse it if its bytes have another digest.")
    private @Nullable String sha256;

    @Override
    Object run(Container container, Here here) {
        URI uri = uri(here);
        Repository repository = container.repository();
        try (Progress progress = Progress.at(here)) {
            progress.show("verifying, installing, starting " + location + " ...");
            List<Offer> offers = sha256 == null ? repository.add(uri) : repository.add(uri, checked(sha256));
            return AlgorithmsCommand.offers(offers);
        }
    }

    private static String checked(String digest) {
        if (!SHA256.matcher(digest).matches()) {
            throw new Failed("a SHA-256 has 64 hexadecimal digits, not '" + digest + "'");
        }
        return digest.toLowerCase(Locale.ROOT);
    }

    private URI uri(Here here) {
        if (URI_START.matcher(location).matches()) {
            try {
                return URI.create(location);
            } catch (IllegalArgumentException e) {
                throw new Failed("a bundle's place is a path or a file: URI, not '" + location + "'", e);
            }
        }
        try {
            Path file = here.directory().resolve(location).normalize();
            if (!Files.isRegularFile(file)) {
                throw new Failed("there is no file " + file);
            }
            return file.toUri();
        } catch (InvalidPathException e) {
            throw new Failed("a bundle's place is a path or a file: URI, not '" + location + "'", e);
        }
    }
}
