package ioverlay.observer.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** JARs, good ones and bad ones, in memory. */
public final class TestJar {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Map.Entry<String, byte[]>> files = new ArrayList<>();

    private TestJar() {}

    /** A bundle that can be kept. */
    public static TestJar algorithm(String name, String version) {
        return claim(name, version).file("OSGI-INF/test.xml", new byte[0]).file("test/Algorithm.class", new byte[0]);
    }

    /** Nothing but the manifest of one. */
    static TestJar claim(String name, String version) {
        return new TestJar()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", "test." + name + ";singleton:=false")
                .header("Bundle-Version", version)
                .header("Import-Package", "ioverlay.api;version=\"[1.1,2)\",com.google.gson,java.util")
                .header("Provide-Capability", "ioverlay.algorithm;ioverlay.algorithm=\"" + name + "\"")
                .header("Service-Component", "OSGI-INF/test.xml");
    }

    /** Nothing but a manifest. */
    static TestJar empty() {
        return new TestJar();
    }

    /** Sets a header; an empty value removes it. */
    TestJar header(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    TestJar file(String name, byte[] content) {
        files.add(Map.entry(name, content));
        return this;
    }

    /** The file. */
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\n");
            headers.forEach((name, value) ->
                    manifest.append(name).append(": ").append(value).append('\n'));
            put(zip, "META-INF/MANIFEST.MF", manifest.append('\n').toString().getBytes(UTF_8));
            for (Map.Entry<String, byte[]> file : files) {
                put(zip, file.getKey(), file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** Uploads it. */
    public void keepIn(Bundles bundles) throws IOException {
        bundles.keep(new ByteArrayInputStream(bytes()));
    }
}
