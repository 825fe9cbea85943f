package ioverlay.itest;

import static java.nio.charset.StandardCharsets.UTF_8;

import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs classes of the tests into bundles, good ones and bad ones. */
public final class TestBundle {
    private final String symbolicName;
    private final String version;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final StringBuilder components = new StringBuilder();
    private final StringBuilder capabilities = new StringBuilder();

    private TestBundle(String symbolicName, String version) {
        this.symbolicName = symbolicName;
        this.version = version;
        header("Manifest-Version", "1.0");
        header("Bundle-ManifestVersion", "2");
        header("Bundle-SymbolicName", symbolicName);
        header("Bundle-Version", version);
        header("Import-Package", "ioverlay.api,com.google.gson");
    }

    /** An empty one. */
    public static TestBundle of(String symbolicName, String version) {
        return new TestBundle(symbolicName, version);
    }

    /** Sets a header; an empty value removes it. */
    TestBundle header(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    TestBundle file(String name, String content) {
        files.put(name, content.getBytes(UTF_8));
        return this;
    }

    /** Offers an algorithm. */
    public TestBundle algorithm(String name, Class<? extends Algorithm> type) throws IOException {
        return promise("ioverlay.algorithm", name).component(name, type, Algorithm.class, Algorithm.NAME_PROPERTY);
    }

    TestBundle application(String name, Class<? extends Application> type) throws IOException {
        return promise("ioverlay.application", name)
                .component(name, type, Application.class, Application.NAME_PROPERTY);
    }

    /** Has an activator as well. */
    TestBundle activator(Class<?> type) throws IOException {
        pack(type);
        return header("Bundle-Activator", type.getName())
                .header("Import-Package", headers.get("Import-Package") + ",org.osgi.framework");
    }

    /** Only the capability, without a component that keeps the promise. */
    TestBundle promise(String namespace, String name) {
        capabilities
                .append(capabilities.isEmpty() ? "" : ",")
                .append(namespace + ";" + namespace + "=\"" + name + "\"");
        return header("Provide-Capability", capabilities.toString());
    }

    private TestBundle component(String name, Class<?> type, Class<?> service, String property) throws IOException {
        String descriptor = "OSGI-INF/" + name + ".xml";
        components.append(components.isEmpty() ? "" : ",").append(descriptor);
        file(descriptor, """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s">
                  <property name="%s" type="String" value="%s"/>
                  <service scope="prototype"><provide interface="%s"/></service>
                  <implementation class="%s"/>
                </scr:component>
                """.formatted(name, property, name, service.getName(), type.getName()));
        pack(type);
        return header("Service-Component", components.toString());
    }

    /** Packs a class, what it is made of and what is declared in it. */
    private void pack(Class<?> type) throws IOException {
        if (!type.getName().startsWith(TestBundle.class.getPackageName() + ".")) {
            return;
        }
        String path = type.getName().replace('.', '/') + ".class";
        try (InputStream in = TestBundle.class.getClassLoader().getResourceAsStream(path)) {
            files.put(path, in.readAllBytes());
        }
        pack(type.getSuperclass());
        for (Class<?> within : type.getDeclaredClasses()) {
            pack(within);
        }
    }

    /** A bundle that is there, under another version. */
    static Path copyOf(Path bundle, String version, Path directory) throws IOException {
        Path copy = Files.createTempFile(directory, "copy-" + version, ".jar");
        try (JarFile from = new JarFile(bundle.toFile())) {
            Manifest manifest = from.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (JarEntry entry : Collections.list(from.entries())) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        zip.putNextEntry(new JarEntry(entry.getName()));
                        from.getInputStream(entry).transferTo(zip);
                        zip.closeEntry();
                    }
                }
            }
        }
        return copy;
    }

    /** Writes the JAR into a directory. */
    public Path write(Path directory) throws IOException {
        Path jar = Files.createTempFile(directory, symbolicName + "-" + version, ".jar");
        StringBuilder text = new StringBuilder();
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        Manifest manifest =
                new Manifest(new ByteArrayInputStream(text.toString().getBytes(UTF_8)));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new JarEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return jar;
    }
}
