package ioverlay.container.store;

import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.container.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** A bundle's bytes, checked before the framework sees them. */
public final class BundleFile {
    private static final long MAX_UNPACKED_BYTES = 4L * Repository.MAX_BUNDLE_BYTES;

    private final byte[] bytes;
    private final String sha256;
    private final String symbolicName;
    private final Version version;
    private final List<String> algorithms;
    private final String contents;

    private BundleFile(byte[] bytes, String symbolicName, Version version, List<String> algorithms, String contents) {
        this.bytes = bytes;
        this.sha256 = Fingerprint.of(bytes);
        this.symbolicName = symbolicName;
        this.version = version;
        this.algorithms = List.copyOf(algorithms);
        this.contents = contents;
    }

    /**
     * Reads and checks what somebody wants to add.
     *
     * @param sha256 that its bytes must have, in hexadecimal; empty if any
     * @throws RefusedException with the rule that does not hold and the value
     */
    public static BundleFile read(URI location, String sha256) {
        String file = String.valueOf(location);
        byte[] bytes;
        try {
            bytes = bytes(location);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        String found = Fingerprint.of(bytes);
        if (!sha256.isEmpty() && !sha256.equalsIgnoreCase(found)) {
            throw new RefusedException(
                    "the bundle's SHA-256 is to be " + sha256 + ", but that of '" + file + "' is " + found);
        }
        Unpacked jar = unpack(bytes, file);
        String exported = jar.header(Constants.EXPORT_PACKAGE);
        require(exported.isBlank(), "an algorithm's bundle exports nothing, not " + exported + ", as", file);
        require(jar.header(Constants.FRAGMENT_HOST).isBlank(), "a bundle that is added is no fragment, as", file);
        require(
                jar.exits().isEmpty(),
                "an algorithm's bundle does not end the JVM, but " + String.join(", ", jar.exits()) + " in",
                file);
        return check(bytes, jar, file);
    }

    /**
     * Looks at bytes that are here already.
     *
     * @param file what they are called in a sentence
     * @throws RefusedException if they are no bundle with an algorithm or application
     */
    public static BundleFile of(byte[] bytes, String file) {
        return check(bytes, unpack(bytes, file), file);
    }

    private static Unpacked unpack(byte[] bytes, String file) {
        try {
            return Unpacked.of(bytes, MAX_UNPACKED_BYTES);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static RefusedException unreadable(String file, IOException e) {
        return new RefusedException("'" + file + "' cannot be read as a JAR: " + Reason.of(e), e);
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

    private static BundleFile check(byte[] bytes, Unpacked jar, String file) {
        if (jar.headers().isEmpty()) {
            throw new RefusedException("'" + file + "' is not a JAR with a " + Unpacked.MANIFEST);
        }
        String name = Clauses.firstName(jar.header(Constants.BUNDLE_SYMBOLICNAME));
        require(!name.isEmpty(), "a bundle has a " + Constants.BUNDLE_SYMBOLICNAME + ", and none is in", file);
        String provided = jar.header(Constants.PROVIDE_CAPABILITY);
        require(
                Clauses.names(provided).stream().anyMatch(Offered::isNamespace),
                "a bundle that is added provides the capability " + Offered.ALGORITHM + " or " + Offered.APPLICATION
                        + ", see @AlgorithmType; none is in",
                file);
        List<String> algorithms = Clauses.values(provided, Offered.ALGORITHM, Offered.ALGORITHM);
        return new BundleFile(bytes, name, version(jar, file), algorithms, jar.contents());
    }

    private static Version version(Unpacked jar, String file) {
        String version = jar.header(Constants.BUNDLE_VERSION);
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

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new RefusedException(rule + " '" + value + "'");
        }
    }

    /** Of its bytes, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Its symbolic name, without directives. */
    public String symbolicName() {
        return symbolicName;
    }

    /** Its version. */
    public Version version() {
        return version;
    }

    /** The names of the algorithms that its manifest promises. */
    public List<String> algorithms() {
        return algorithms;
    }

    /** Where it is installed: the same bytes, the same place. */
    public String location() {
        return Stored.of(this).location();
    }

    /** What is in it, however it was packed. */
    public String contents() {
        return contents;
    }

    /** Its bytes from the beginning. */
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.length;
    }

    /** Name and version, for a person. */
    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
