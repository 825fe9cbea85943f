package ioverlay.container.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What is in a JAR.
 *
 * @param headers of its manifest
 * @param contents fingerprint of all its files
 * @param exits calls that would end the JVM, see {@link Exits}
 */
record Unpacked(Optional<Attributes> headers, String contents, List<String> exits) {
    /** Where a JAR's manifest is. */
    static final String MANIFEST = "META-INF/MANIFEST.MF";

    private static final int MAX_MANIFEST_BYTES = 1 << 20;

    /**
     * Reads it.
     *
     * @param mostBytes that its files may have together
     * @throws IOException if it cannot be read or has more
     */
    static Unpacked of(byte[] jar, long mostBytes) throws IOException {
        Fingerprint contents = new Fingerprint();
        Optional<Attributes> headers = Optional.empty();
        List<String> exits = new ArrayList<>();
        long left = mostBytes;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.equals(MANIFEST)) {
                    byte[] text = zip.readNBytes(MAX_MANIFEST_BYTES + 1);
                    left -= contents.add(name, new ByteArrayInputStream(text), MAX_MANIFEST_BYTES);
                    headers = Optional.of(new Manifest(new ByteArrayInputStream(text)).getMainAttributes());
                } else if (name.endsWith(".class")) {
                    byte[] type = zip.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
                    left -= contents.add(name, new ByteArrayInputStream(type), left);
                    exits(name, type).ifPresent(exits::add);
                } else if (!entry.isDirectory()) {
                    left -= contents.add(name, zip, left);
                }
            }
        }
        return new Unpacked(headers, contents.toString(), List.copyOf(exits));
    }

    private static Optional<String> exits(String name, byte[] type) throws IOException {
        try {
            return Exits.in(type);
        } catch (IllegalArgumentException e) {
            throw new IOException(name + " is no class file", e);
        }
    }

    /** A header, or the empty text. */
    String header(String name) {
        return headers.flatMap(all -> Optional.ofNullable(all.getValue(name))).orElse("");
    }
}
