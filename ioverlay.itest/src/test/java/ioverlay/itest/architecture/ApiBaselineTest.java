package ioverlay.itest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.version.Version;
import ioverlay.itest.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A change of the api moves its versions: compared, package by package, with the last released jar in {@code cnf/baseline/}.
 * {@code cnf/baseline/release} puts a new one there.
 */
class ApiBaselineTest {
    private static final String NAME = "ioverlay.api-";

    @Test
    void versions_move_with_the_api() throws Exception {
        try (Jar now =
                new Jar(newest(Workspace.ROOT.resolve("ioverlay.api/target")).toFile())) {
            assertThat(mismatches(now)).isEmpty();
        }
    }

    @Test
    void a_change_without_a_new_version_is_found() throws Exception {
        try (Jar changed =
                new Jar(newest(Workspace.ROOT.resolve("ioverlay.api/target")).toFile())) {
            changed.remove("ioverlay/api/NodeId.class");

            assertThat(mismatches(changed)).isNotEmpty();
        }
    }

    private static List<String> mismatches(Jar now) throws Exception {
        try (Processor processor = new Processor();
                Jar released =
                        new Jar(newest(Workspace.ROOT.resolve("cnf/baseline")).toFile())) {
            Baseline baseline = new Baseline(processor, new DiffPluginImpl());
            return baseline.baseline(now, released, null).stream()
                    .filter(info -> info.mismatch)
                    .map(info -> info.packageName + " has version " + info.newerVersion + " and needs "
                            + info.suggestedVersion + ": " + info.packageDiff)
                    .toList();
        }
    }

    private static Path newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(NAME))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .max(Comparator.comparing(ApiBaselineTest::version))
                    .orElseThrow();
        }
    }

    private static Version version(Path file) {
        String name = file.getFileName().toString();
        return Version.parseVersion(name.substring(NAME.length(), name.length() - ".jar".length()));
    }
}
