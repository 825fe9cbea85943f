package ioverlay.itest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A project that {@code run/overlay new} writes uses the same versions of everything as this build, which is tested. */
class ProjectVersionsTest {
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>([\\w.-]+)</artifactId>(?:\\s*<!--.*?-->)?\\s*<version>([^<@]+)</version>");
    private static final Path CLI = Workspace.ROOT.resolve("ioverlay.cli/src/main");

    private static Map<String, String> versions(String pom) {
        Map<String, String> versions = new TreeMap<>();
        Matcher version = VERSION.matcher(pom);
        while (version.find()) {
            versions.put(version.group(1), version.group(2));
        }
        return versions;
    }

    private static Map<String, String> ours() throws IOException {
        String pom = Files.readString(Workspace.ROOT.resolve("pom.xml"));
        Matcher bnd = Pattern.compile("<bnd.version>(.*)</bnd.version>").matcher(pom);
        assertThat(bnd.find()).isTrue();
        return versions(pom.replace("${bnd.version}", bnd.group(1)));
    }

    @Test
    void a_project_has_the_versions_of_this_build() throws IOException {
        Map<String, String> theirs = versions(Files.readString(CLI.resolve("resources/ioverlay/cli/project/pom.xml")));

        assertThat(theirs).hasSizeGreaterThan(8).containsKeys("junit-jupiter", "bnd-maven-plugin");
        assertThat(ours()).containsAllEntriesOf(theirs);
    }

    @Test
    void the_api_in_a_project_brings_the_gson_of_this_build() throws IOException {
        assertThat(Files.readString(CLI.resolve("java/ioverlay/cli/Kit.java")))
                .contains("GSON_VERSION = \"" + ours().get("gson") + "\"");
    }
}
