package ioverlay.itest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import ioverlay.itest.Workspace;
import ioverlay.itest.Workspace.Module;
import ioverlay.itest.architecture.fixture.Intruder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of folders: one folder is one bundle is one root package, and who may import what. */
class FolderTableTest {
    /** What each folder may import of ours, besides itself. A folder that is not here has no place yet. */
    private static final Map<String, Set<String>> TABLE = Map.ofEntries(
            Map.entry("ioverlay.api", Set.of()),
            Map.entry("ioverlay.io", Set.of("ioverlay.api")),
            Map.entry("ioverlay.traffic", Set.of("ioverlay.api")),
            Map.entry("ioverlay.engine", Set.of("ioverlay.api", "ioverlay.io", "ioverlay.traffic")),
            Map.entry("ioverlay.container", Set.of("ioverlay.api", "ioverlay.engine")),
            Map.entry("ioverlay.algo", Set.of("ioverlay.api")),
            Map.entry("ioverlay.service", Set.of("ioverlay.api")),
            Map.entry("ioverlay.app", Set.of("ioverlay.api")),
            Map.entry("ioverlay.agent", Set.of("ioverlay.api")),
            Map.entry("ioverlay.observer", Set.of("ioverlay.api", "ioverlay.agent")),
            Map.entry("ioverlay.shell", Set.of("ioverlay.api")),
            Map.entry("ioverlay.scenario", Set.of("ioverlay.api")),
            Map.entry("ioverlay.cli", Set.of("ioverlay.api")),
            Map.entry("ioverlay.testkit", Set.of("ioverlay.api")),
            Map.entry("ioverlay.bench", Set.of("ioverlay")));

    /** Folders that know nothing of anybody else's code but annotations and the JSON of the api. */
    private static final List<String> PURE =
            List.of("ioverlay.api", "ioverlay.io", "ioverlay.traffic", "ioverlay.engine", "ioverlay.algo");

    private static final List<String> PURE_MAY_IMPORT = List.of(
            "java.",
            "jdk.incubator.vector",
            "jdk.management",
            "ioverlay.",
            "org.jspecify.annotations",
            "org.osgi.annotation.",
            "org.osgi.service.component.annotations",
            "com.google.gson");

    static List<Module> modules() {
        return Workspace.modules();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void imports_only_what_the_table_allows(Module module) {
        assertThat(forbidden(module, classes(module))).isEmpty();
    }

    @Test
    void an_import_that_the_table_does_not_allow_is_found() {
        Module algorithm = new Module("ioverlay.algo.relay", Workspace.ROOT);

        assertThat(forbidden(algorithm, new ClassFileImporter().importClasses(Intruder.class)))
                .anyMatch(text -> text.contains("org.junit"))
                .anyMatch(text -> text.contains("ioverlay.itest.Workspace"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void has_its_classes_below_the_package_of_its_name(Module module) {
        assertThat(classes(module)).isNotEmpty().allMatch(type -> within(type.getPackageName(), module.folder()));
    }

    private static JavaClasses classes(Module module) {
        return new ClassFileImporter().importPath(module.classes());
    }

    private static List<String> forbidden(Module module, JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        !allowed(module, dependency.getTargetClass().getBaseComponentType()))
                .map(Dependency::getDescription)
                .distinct()
                .toList();
    }

    private static boolean allowed(Module module, JavaClass target) {
        String name = target.getPackageName();
        if (target.isPrimitive() || within(name, module.folder())) {
            return true;
        }
        if (within(name, "ioverlay")) {
            return mayImport(module).stream().anyMatch(root -> within(name, root));
        }
        return PURE.stream().noneMatch(module::is)
                || PURE_MAY_IMPORT.stream().anyMatch(prefix -> (name + ".").startsWith(prefix));
    }

    private static Set<String> mayImport(Module module) {
        return TABLE.entrySet().stream()
                .filter(row -> module.is(row.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(module.folder() + " is not in the table of folders"));
    }

    private static boolean within(String packageName, String root) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }
}
