package ioverlay.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarInputStream;

/**
 * The jars that a generated project carries with it, as a Maven repository of files. Their versions end with a part of
 * their digest, so that no copy of an older one, in whatever local repository, is taken for them.
 */
final class Kit {
    private static final int DIGEST_DIGITS = 10;
    private static final String API = "ioverlay.api";
    private static final String TESTKIT = "ioverlay.testkit";
    private static final String GROUP = "repository/ioverlay/";

    private static final String POM = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0"
                     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                     xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
              <modelVersion>4.0.0</modelVersion>
              <groupId>ioverlay</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
              <dependencies>
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </dependency>
              </dependencies>
            </project>
            """;

    private static final String GSON_VERSION = "2.15.0";

    private final Artifact api;
    private final Artifact testkit;

    private static final class Artifact {
        final String name;
        final String version;
        final byte[] jar;

        Artifact(String name, byte[] jar) {
            this.name = name;
            this.version = version(jar);
            this.jar = jar;
        }
    }

    private Kit(Artifact api, Artifact testkit) {
        this.api = api;
        this.testkit = testkit;
    }

    /** The one that was built with this program. */
    static Kit ofThisBuild() {
        return of(resource(API), resource(TESTKIT));
    }

    /** One of these two bundles. */
    static Kit of(byte[] api, byte[] testkit) {
        return new Kit(new Artifact(API, api), new Artifact(TESTKIT, testkit));
    }

    private static byte[] resource(String name) {
        try (InputStream in = Kit.class.getResourceAsStream("kit/" + name + ".jar")) {
            if (in == null) {
                throw new FailedException("This build has no " + name + " to give: it was not packaged");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(byte[] jar) {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            String version = in.getManifest().getMainAttributes().getValue("Bundle-Version");
            return version + "-" + digest("SHA-256", jar).substring(0, DIGEST_DIGITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    String apiVersion() {
        return api.version;
    }

    String testkitVersion() {
        return testkit.version;
    }

    /** The repository's files, by their paths in a project. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        put(files, api, POM.formatted(api.name, api.version, "com.google.code.gson", "gson", GSON_VERSION));
        put(files, testkit, POM.formatted(testkit.name, testkit.version, "ioverlay", api.name, api.version));
        return files;
    }

    private static void put(Map<String, byte[]> files, Artifact artifact, String pom) {
        String path = GROUP + artifact.name + "/" + artifact.version + "/" + artifact.name + "-" + artifact.version;
        putWithDigest(files, path + ".jar", artifact.jar);
        putWithDigest(files, path + ".pom", pom.getBytes(StandardCharsets.UTF_8));
    }

    private static void putWithDigest(Map<String, byte[]> files, String path, byte[] content) {
        files.put(path, content);
        files.put(path + ".sha1", digest("SHA-1", content).getBytes(StandardCharsets.US_ASCII));
    }
}
