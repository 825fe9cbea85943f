package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
    @TempDir
    private Path directory;

    private static byte[] jar(String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return bytes.toByteArray();
    }

    private static Project project(String name) throws IOException {
        return new Project(new ProjectName(name), Kit.of(jar("1.2.3"), jar("1.2.4")));
    }

    private List<String> written(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replaceAll("-[0-9a-f]{10}", "-DIGEST"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void isWrittenWhole() throws Exception {
        Path root = directory.resolve("a b/c");

        project("my.algo.deal").write(root);

        assertThat(written(root))
                .containsExactlyInAnyOrder(
                        ".gitignore",
                        ".mvn/maven.config",
                        "README.md",
                        "bnd.bnd",
                        "pom.xml",
                        "repository/ioverlay/ioverlay.api/1.2.3-DIGEST/ioverlay.api-1.2.3-DIGEST.jar",
                        "repository/ioverlay/ioverlay.api/1.2.3-DIGEST/ioverlay.api-1.2.3-DIGEST.jar.sha1",
                        "repository/ioverlay/ioverlay.api/1.2.3-DIGEST/ioverlay.api-1.2.3-DIGEST.pom",
                        "repository/ioverlay/ioverlay.api/1.2.3-DIGEST/ioverlay.api-1.2.3-DIGEST.pom.sha1",
                        "repository/ioverlay/ioverlay.testkit/1.2.4-DIGEST/ioverlay.testkit-1.2.4-DIGEST.jar",
                        "repository/ioverlay/ioverlay.testkit/1.2.4-DIGEST/ioverlay.testkit-1.2.4-DIGEST.jar.sha1",
                        "repository/ioverlay/ioverlay.testkit/1.2.4-DIGEST/ioverlay.testkit-1.2.4-DIGEST.pom",
                        "repository/ioverlay/ioverlay.testkit/1.2.4-DIGEST/ioverlay.testkit-1.2.4-DIGEST.pom.sha1",
                        "src/main/java/my/algo/deal/Deal.java",
                        "src/main/java/my/algo/deal/package-info.java",
                        "src/test/java/my/algo/deal/DealTest.java");
    }

    @Test
    void namesTheAlgorithmAndLeavesNoWordOfTheTemplate() throws Exception {
        project("my.algo.deal").write(directory);

        String source = Files.readString(directory.resolve("src/main/java/my/algo/deal/Deal.java"));
        assertThat(source).contains("package my.algo.deal;", "@AlgorithmType(\"my.algo.deal\")", "class Deal extends");
        for (String file : written(directory)) {
            if (!file.startsWith("repository/")) {
                assertThat(Files.readString(directory.resolve(file))).as(file).doesNotContainPattern("@[A-Z]+@");
            }
        }
    }

    @Test
    void aClassThatTheTemplateImportsIsNotHidden() throws Exception {
        project("my.message").write(directory);

        assertThat(written(directory)).contains("src/main/java/my/message/MessageAlgorithm.java");
    }

    @Test
    void otherJarsHaveOtherVersions() throws Exception {
        assertThat(Kit.of(jar("1.0.0"), jar("1.0.0")).apiVersion())
                .matches("1\\.0\\.0-[0-9a-f]{10}")
                .isNotEqualTo(Kit.of(jar("1.0.1"), jar("1.0.0")).apiVersion());
    }

    @Test
    void aDirectoryThatIsNotEmptyIsRefusedAndLeftAsItIs() throws Exception {
        Files.writeString(directory.resolve("mine"), "x");

        assertThatThrownBy(() -> project("my.algo.deal").write(directory))
                .isInstanceOf(UsageException.class)
                .hasMessage("A project needs an empty directory, and '" + directory + "' is not empty");
        assertThat(written(directory)).containsExactly("mine");
    }

    @Test
    void aFileInItsPlaceIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("mine"), "x");

        assertThatThrownBy(() -> project("my.algo.deal").write(file))
                .isInstanceOf(UsageException.class)
                .hasMessage("A project needs a directory of its own; '" + file + "' is a file");
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws Exception {
        Path file = Files.writeString(directory.resolve("mine"), "x");

        assertThatThrownBy(() -> project("my.algo.deal").write(file.resolve("sub")))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("cannot be written: ");
        assertThat(written(directory)).containsExactly("mine");
    }
}
