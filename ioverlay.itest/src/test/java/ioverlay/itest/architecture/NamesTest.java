package ioverlay.itest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.header.Parameters;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import ioverlay.itest.Workspace;
import ioverlay.itest.Workspace.Module;
import ioverlay.itest.architecture.fixture.Intruder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bundle is called, shows and says. */
class NamesTest {
    private static final Pattern NO_ROLE = Pattern.compile(".*(Impl|Manager|Utils?|Helper)");

    /** Bundles whose work is to talk to a person. */
    private static final List<String> TALKERS = List.of("ioverlay.cli", "ioverlay.shell", "ioverlay.bench");

    static List<Module> modules() {
        return Workspace.modules();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void names_say_the_role(Module module) {
        assertThat(classes(module)).noneMatch(type -> saysNoRole(type.getSimpleName()));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"SwitchImpl", "LinkManager", "ByteUtil", "ByteUtils", "SwapHelper"})
    void a_name_that_says_no_role_is_found(String name) {
        assertThat(saysNoRole(name)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void says_where_null_may_be(Module module) {
        assertThat(classes(module))
                .allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class), "in a package with @NullMarked");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void exports_nothing_unless_it_is_the_api(Module module) throws IOException {
        Parameters exports = new Parameters(manifest(module).getMainAttributes().getValue("Export-Package"));

        switch (module.folder()) {
            case "ioverlay.api" ->
                assertThat(exports.keySet())
                        .containsExactlyInAnyOrder(
                                "ioverlay.api",
                                "ioverlay.api.container",
                                "ioverlay.api.observer",
                                "ioverlay.api.woven");
            case "ioverlay.io" -> {
                assertThat(exports.keySet())
                        .containsExactlyInAnyOrder(
                                "ioverlay.io.counts",
                                "ioverlay.io.memory",
                                "ioverlay.io.message",
                                "ioverlay.io.opening",
                                "ioverlay.io.probe",
                                "ioverlay.io.shared",
                                "ioverlay.io.threads",
                                "ioverlay.io.watch",
                                "ioverlay.io.wire");
                assertThat(exports.values()).allMatch(export -> isFor("engine", export));
            }
            case "ioverlay.traffic" -> {
                assertThat(exports.keySet())
                        .containsExactlyInAnyOrder(
                                "ioverlay.traffic.meter", "ioverlay.traffic.shape", "ioverlay.traffic.silence");
                assertThat(exports.values()).allMatch(export -> isFor("engine", export));
            }
            case "ioverlay.engine" -> {
                assertThat(exports.keySet()).containsExactly("ioverlay.engine");
                assertThat(exports.values()).allMatch(export -> isFor("container", export));
            }
            case "ioverlay.agent" -> {
                assertThat(exports.keySet()).containsExactly("ioverlay.agent.line");
                assertThat(exports.values()).allMatch(export -> isFor("observer", export));
            }
            default -> assertThat(exports.keySet()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void has_its_folder_as_symbolic_name(Module module) throws IOException {
        assertThat(manifest(module).getMainAttributes().getValue("Bundle-SymbolicName"))
                .isEqualTo(module.folder());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void prints_nothing_unless_it_talks_to_a_person(Module module) {
        if (TALKERS.stream().noneMatch(module::is)) {
            assertThat(prints(classes(module))).isEmpty();
        }
    }

    @Test
    void printing_is_found() {
        assertThat(prints(new ClassFileImporter().importClasses(Intruder.class)))
                .isNotEmpty();
    }

    private static boolean saysNoRole(String name) {
        return NO_ROLE.matcher(name).matches();
    }

    private static List<String> prints(JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getAccessesFromSelf)
                .flatMap(accesses -> accesses.stream())
                .filter(access -> {
                    String target = access.getTargetOwner().getName() + "." + access.getName();
                    return target.equals("java.lang.System.out")
                            || target.equals("java.lang.System.err")
                            || access.getDescription().contains(".printStackTrace()>");
                })
                .map(JavaAccess::getDescription)
                .toList();
    }

    private static JavaClasses classes(Module module) {
        // What JMH makes of benchmarks is not ours.
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/jmh_generated/"))
                .importPath(module.classes());
    }

    private static boolean isFor(String importer, Map<String, String> export) {
        return importer.equals(export.get("for")) && "for".equals(export.get("mandatory:"));
    }

    private static Manifest manifest(Module module) throws IOException {
        try (InputStream in = Files.newInputStream(module.classes().resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in);
        }
    }
}
