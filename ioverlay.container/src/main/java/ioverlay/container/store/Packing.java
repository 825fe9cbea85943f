package ioverlay.container.store;

import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.container.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Bundle;

/** Makes a JAR of an installed bundle's files; the same files give the same bytes. */
public final class Packing {
    /** Any fixed one. */
    private static final LocalDateTime TIME = LocalDateTime.of(2025, 1, 1, 0, 0);

    private Packing() {}

    /**
     * Packs.
     *
     * @throws RefusedException if its files cannot be read, are too large, or are no bundle of ours
     */
    public static BundleFile pack(Bundle bundle) {
        Map<String, URL> files = files(bundle);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            URL manifest = files.remove(Unpacked.MANIFEST);
            if (manifest != null) {
                add(zip, Unpacked.MANIFEST, manifest);
            }
            for (Map.Entry<String, URL> file : files.entrySet()) {
                add(zip, file.getKey(), file.getValue());
                if (bytes.size() > Repository.MAX_BUNDLE_BYTES) {
                    throw new IOException("it has more than " + Repository.MAX_BUNDLE_BYTES + " bytes");
                }
            }
        } catch (IOException e) {
            throw new RefusedException("the bundle " + name(bundle) + " cannot be kept: " + Reason.of(e), e);
        }
        return BundleFile.of(bytes.toByteArray(), name(bundle));
    }

    private static void add(ZipOutputStream zip, String name, URL file) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        try (InputStream in = file.openStream()) {
            in.transferTo(zip);
        }
        zip.closeEntry();
    }

    /**
     * What is in an installed bundle, see {@link BundleFile#contents}.
     *
     * @throws RefusedException if its files cannot be read
     */
    public static String contents(Bundle bundle) {
        Fingerprint contents = new Fingerprint();
        files(bundle).forEach((name, file) -> {
            try (InputStream in = file.openStream()) {
                contents.add(name, in, Long.MAX_VALUE);
            } catch (IOException e) {
                throw new RefusedException("the bundle " + name(bundle) + " cannot be read: " + Reason.of(e), e);
            }
        });
        return contents.toString();
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    private static Map<String, URL> files(Bundle bundle) {
        Map<String, URL> files = new TreeMap<>();
        collect(bundle, "/", files);
        return files;
    }

    private static void collect(Bundle bundle, String directory, Map<String, URL> files) {
        Enumeration<String> inside = bundle.getEntryPaths(directory); // without those of fragments
        for (String path : inside == null ? Collections.<String>emptyList() : Collections.list(inside)) {
            if (path.endsWith("/")) {
                collect(bundle, path, files);
            } else {
                URL file = bundle.getEntry(path);
                if (file != null) {
                    files.put(path, file);
                }
            }
        }
    }
}
