package ioverlay.container;

import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** A bundle's bytes, checked before the framework sees them. */
final class BundleFile {
    private static final long MAX_UNPACKED_BYTES = 4L * Repository.MAX_BUNDLE_BYTES;
    private static final int MAX_MANIFEST_BYTES = 1 << 20;
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final byte[] bytes;
    private final String symbolicName;
    private final Version version;
    private final String contents;

    private BundleFile(byte[] bytes, String symbolicName, Version version, String contents) {
        this.bytes = bytes;
        this.symbolicName = symbolicName;
        this.version = version;
        this.contents = contents;
    }

    /**
     * Reads and checks.
     *
     * @throws RefusedException with the rule that does not hold and the value
     */
    static BundleFile read(URI location) {
        String file = String.valueOf(location);
        try {
            return check(bytes(location), file);
        } catch (IOException e) {
            throw new RefusedException("'" + file + "' cannot be read as a JAR: " + Reason.of(e), e);
        }
    }

    private static byte[] bytes(URI location) throws IOException {
        require("file".equals(location.getScheme()) && !location.isOpaque(), "a bundle is a file: URI", location);
        Path path = Path.of(location);
        require(Files.isRegularFile(path), "a bundle is a file that exists", location);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(Repository.MAX_BUNDLE_BYTES + 1);
            require(
                    bytes.length <= Repository.MAX_BUNDLE_BYTES,
                    "a bundle has at most " + Repository.MAX_BUNDLE_BYTES + " bytes, which is less than",
                    location);
            return bytes;
        }
    }

    private static BundleFile check(byte[] bytes, String file) throws IOException {
        Fingerprint contents = new Fingerprint();
        Attributes headers = unpack(bytes, contents)
                .orElseThrow(() -> new RefusedException("'" + file + "' is not a JAR with a " + MANIFEST))
                .getMainAttributes();
        String name = Clauses.firstName(header(headers, Constants.BUNDLE_SYMBOLICNAME));
        require(!name.isEmpty(), "a bundle has a " + Constants.BUNDLE_SYMBOLICNAME + ", and none is in", file);
        String exported = header(headers, Constants.EXPORT_PACKAGE);
        require(exported.isBlank(), "an algorithm's bundle exports nothing, not " + exported + ", as", file);
        require(header(headers, Constants.FRAGMENT_HOST).isBlank(), "a bundle that is added is no fragment, as", file);
        String provided = header(headers, Constants.PROVIDE_CAPABILITY);
        require(
                Clauses.names(provided).stream().anyMatch(Offered::isNamespace),
                "a bundle that is added provides the capability " + Offered.ALGORITHM + " or " + Offered.APPLICATION
                        + ", see @AlgorithmType; none is in",
                file);
        return new BundleFile(bytes, name, version(headers, file), contents.toString());
    }

    private static Version version(Attributes headers, String file) {
        String version = header(headers, Constants.BUNDLE_VERSION);
        try {
            require(!version.isBlank(), "a bundle has a " + Constants.BUNDLE_VERSION + ", and none is in", file);
            return Version.parseVersion(version);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "a " + Constants.BUNDLE_VERSION + " is written as 1.2.3 or 1.2.3.qualifier, not '" + version
                            + "' as in '" + file + "'",
                    e);
        }
    }

    private static String header(Attributes headers, String name) {
        return Optional.ofNullable(headers.getValue(name)).orElse("");
    }

    private static Optional<Manifest> unpack(byte[] bytes, Fingerprint contents) throws IOException {
        Optional<Manifest> manifest = Optional.empty();
        long left = MAX_UNPACKED_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(MANIFEST)) {
                    byte[] text = zip.readNBytes(MAX_MANIFEST_BYTES + 1);
                    left -= contents.add(MANIFEST, new ByteArrayInputStream(text), MAX_MANIFEST_BYTES);
                    manifest = Optional.of(new Manifest(new ByteArrayInputStream(text)));
                } else if (!entry.isDirectory()) {
                    left -= contents.add(entry.getName(), zip, left);
                }
            }
        }
        return manifest;
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new RefusedException(rule + " '" + value + "'");
        }
    }

    String symbolicName() {
        return symbolicName;
    }

    Version version() {
        return version;
    }

    /** Where it is installed: the same bytes, the same place. */
    String location() {
        return "ioverlay:" + symbolicName + "@" + Fingerprint.of(bytes);
    }

    /** What is in it, however it was packed. */
    String contents() {
        return contents;
    }

    InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
