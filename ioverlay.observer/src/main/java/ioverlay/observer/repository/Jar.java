package ioverlay.observer.repository;

import ioverlay.api.container.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a JAR that somebody sent, into nothing, within bounds of its own. Both ways of reading a ZIP file are gone: entry after
 * entry, and by the directory at its end, as frameworks do; what they find must be the same, names and bytes: else what is
 * looked at here would not be what runs there.
 */
final class Jar {
    /** The most entries. */
    static final int MAX_ENTRIES = 10_000;

    /** The most bytes that all entries may unpack to. */
    static final long MAX_UNPACKED_BYTES = 256L << 20;

    /** How many times its packed size a JAR may unpack to, once it is more than {@link #SMALL_BYTES}. */
    static final int MAX_RATIO = 100;

    private static final long SMALL_BYTES = 1 << 20;
    private static final int MAX_MANIFEST_BYTES = 1 << 20;
    private static final int LONGEST_NAME = 512;
    private static final int BUFFER_BYTES = 64 << 10;
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final long mostBytes;
    /** Of each entry, by its name, the SHA-256. */
    private final Map<String, String> entries = new HashMap<>();

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long unpacked;
    private Optional<Attributes> headers = Optional.empty();

    private Jar(long packedBytes) {
        mostBytes = Math.min(MAX_UNPACKED_BYTES, Math.max(SMALL_BYTES, packedBytes * MAX_RATIO));
    }

    /**
     * Reads it.
     *
     * @throws RefusedException with the rule that does not hold and the value
     * @throws IOException if the file cannot be read at all
     */
    static Jar of(Path file) throws IOException {
        Jar jar = new Jar(Files.size(file));
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            jar.read(zip);
        } catch (IllegalArgumentException | IOException e) {
            throw unreadable(e);
        }
        if (jar.headers.isEmpty()) {
            throw new RefusedException("what was sent is not a JAR with a " + MANIFEST);
        }
        jar.compare(file);
        return jar;
    }

    /** The main headers of its manifest. */
    Attributes headers() {
        return headers.orElseThrow();
    }

    /** The names of all that is in it. */
    Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    private static RefusedException unreadable(Exception e) {
        return new RefusedException("what was sent cannot be read as a JAR: " + e.getMessage(), e);
    }

    private void read(ZipInputStream zip) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            checkName(name);
            require(!entries.containsKey(name), "a JAR has each entry once, and twice there is", shortened(name));
            require(
                    entries.size() < MAX_ENTRIES,
                    "a JAR has at most " + MAX_ENTRIES + " entries, and one more is",
                    name);
            InputStream content = zip;
            if (name.equals(MANIFEST)) {
                byte[] text = zip.readNBytes(MAX_MANIFEST_BYTES + 1);
                require(text.length <= MAX_MANIFEST_BYTES, "at most " + MAX_MANIFEST_BYTES + " bytes has a", MANIFEST);
                headers = Optional.of(new Manifest(new ByteArrayInputStream(text)).getMainAttributes());
                content = new ByteArrayInputStream(text);
            }
            entries.put(name, digest(content, name));
        }
    }

    /** Unpacks an entry, within what is left of the bound. */
    private String digest(InputStream content, String name) throws IOException {
        MessageDigest digest = Incoming.sha256Digest();
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            count(read, name);
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void count(int bytes, String name) {
        unpacked += bytes;
        require(
                unpacked <= mostBytes,
                "a JAR unpacks to at most " + MAX_UNPACKED_BYTES + " bytes and " + MAX_RATIO
                        + " times its own size, here " + mostBytes + " bytes, which are exceeded by",
                name);
    }

    private static void checkName(String name) {
        boolean escapes = name.startsWith("/") || ("/" + name + "/").contains("/../");
        boolean strange = name.isEmpty()
                || name.length() > LONGEST_NAME
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || name.chars().anyMatch(Character::isISOControl);
        require(
                !escapes && !strange,
                "names in a JAR are relative paths of at most " + LONGEST_NAME
                        + " characters, without .., backslash, colon and control characters, not",
                shortened(name));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }

    private void compare(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> listed = new HashSet<>();
            require(zip.size() <= MAX_ENTRIES, "a JAR has at most " + MAX_ENTRIES + " entries, not", "" + zip.size());
            Collections.list(zip.entries()).forEach(entry -> listed.add(entry.getName()));
            Set<String> names = entries.keySet();
            require(
                    listed.equals(names) && zip.size() == names.size(),
                    "the directory of a JAR lists what is in it, and differs in",
                    shortened(difference(listed)));
            unpacked = 0; // the same bound for the second reading
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream content = zip.getInputStream(entry)) {
                    require(
                            digest(content, entry.getName()).equals(entries.get(entry.getName())),
                            "what the directory of a JAR leads to is what is in it, which it is not for",
                            shortened(entry.getName()));
                }
            }
        } catch (IllegalArgumentException | IOException e) {
            throw unreadable(e);
        }
    }

    private String difference(Set<String> listed) {
        Set<String> different = new HashSet<>(listed);
        different.addAll(entries.keySet());
        different.removeIf(name -> listed.contains(name) && entries.containsKey(name));
        return different.stream().sorted().findFirst().orElse("a name that is there twice");
    }

    private static void require(boolean holds, String rule, String value) {
        if (!holds) {
            throw new RefusedException(rule + " '" + value + "'");
        }
    }
}
