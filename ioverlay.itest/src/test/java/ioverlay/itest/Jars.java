package ioverlay.itest;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the tests find bundles: our own where the build left them, others on the class path. */
public final class Jars {
    private Jars() {}

    /** A bundle of ours, by folder, artifact and version. */
    static Path ours(String folder, String artifact, String version) {
        Path jar = Path.of("..", folder, "target", artifact + "-" + version + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("build the bundles first (mvn package): there is no " + jar);
        }
        return jar;
    }

    /** A bundle of ours in version 1.0.0. */
    public static Path ours(String folder) {
        return ours(folder, folder, "1.0.0");
    }

    /** The relay's next version. */
    public static Path relay11() {
        return ours("ioverlay.algo.relay/v1.1", "ioverlay.algo.relay", "1.1.0");
    }

    /** The relay with another layout of its state. */
    public static Path relay2() {
        return ours("ioverlay.algo.relay/v2", "ioverlay.algo.relay", "2.0.0");
    }

    /** The trees whose stress-aware one improves itself. */
    public static Path tree2() {
        return ours("ioverlay.algo.tree/v2", "ioverlay.algo.tree", "2.0.0");
    }

    /** A copy of a bundle that differs in nothing but its version, as the next release of it would. */
    static Path relabelled(Path jar, String version, String newVersion, Path directory) throws IOException {
        Path copy = directory.resolve("relabelled-" + newVersion + ".jar");
        try (JarFile original = new JarFile(jar.toFile())) {
            Manifest manifest = original.getManifest();
            manifest.getMainAttributes()
                    .replaceAll((name, value) -> value.toString().replace(version, newVersion));
            manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (JarEntry entry : Collections.list(original.entries())) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        original.getInputStream(entry).transferTo(out);
                        out.closeEntry();
                    }
                }
            }
        }
        return copy;
    }

    /** Somebody else's bundle, by artifact. */
    static Path others(String artifact) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches(Pattern.quote(artifact) + "-[0-9.]+\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not on the class path: " + artifact));
    }
}
