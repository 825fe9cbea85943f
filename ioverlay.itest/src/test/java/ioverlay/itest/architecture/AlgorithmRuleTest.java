package ioverlay.itest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import ioverlay.itest.Workspace;
import ioverlay.itest.Workspace.Module;
import ioverlay.itest.architecture.fixture.RestlessAlgorithm;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Algorithms take time, randomness and timers from their place and from messages only, so that the same bundle runs in a
 * deterministic simulator: no clock, thread, random, file or socket of their own.
 */
class AlgorithmRuleTest {
    private static final Pattern TYPES = Pattern.compile("java\\.lang\\.(Thread|ThreadLocal|Process|Runtime)\\b.*"
            + "|java\\.util\\.(Random|SplittableRandom|Timer|TimerTask)"
            + "|java\\.util\\.concurrent\\.(?!atomic).*"
            + "|java\\.security\\.SecureRandom"
            + "|java\\.time\\.Clock"
            + "|java\\.io\\.(File|RandomAccessFile).*"
            + "|java\\.nio\\.(file|channels)\\..*"
            + "|java\\.net\\..*|javax\\.net\\..*");

    private static final Set<String> METHODS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.identityHashCode",
            "java.lang.System.exit",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.util.UUID.randomUUID",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of");

    private static final Pattern NOW = Pattern.compile("java\\.time\\..*\\.now");

    private static final Pattern PARALLEL = Pattern.compile(".*\\.(parallelStream|parallel)");

    static List<Module> algorithms() {
        return Workspace.modules().stream()
                .filter(module -> module.is("ioverlay.algo") || module.is("ioverlay.service"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("algorithms")
    void takes_time_and_chance_from_its_place_only(Module module) {
        JavaClasses classes = new ClassFileImporter().importPath(module.classes());

        assertThat(classes).isNotEmpty();
        assertThat(offences(classes)).isEmpty();
    }

    @Test
    void each_forbidden_thing_is_found() {
        List<String> found = offences(new ClassFileImporter().importClasses(RestlessAlgorithm.class));

        Stream<String> methods = Arrays.stream(RestlessAlgorithm.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName);
        assertThat(methods)
                .isNotEmpty()
                .allSatisfy(method -> assertThat(found).anyMatch(text -> text.contains("." + method + "(")));
    }

    private static List<String> offences(JavaClasses classes) {
        Stream<String> types = classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        TYPES.matcher(name(dependency.getTargetClass())).matches())
                .map(Object::toString);
        Stream<String> calls = classes.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(AlgorithmRuleTest::forbidden)
                .map(JavaAccess::getDescription);
        return Stream.concat(types, calls).distinct().toList();
    }

    private static boolean forbidden(JavaAccess<?> access) {
        String called = access.getTargetOwner().getName() + "." + access.getName();
        return METHODS.contains(called)
                || NOW.matcher(called).matches()
                || PARALLEL.matcher(called).matches()
                // With a generator of the place's it is welcome; the form with one argument brings its own.
                || access.getDescription().contains("java.util.Collections.shuffle(java.util.List)");
    }

    private static String name(JavaClass type) {
        return type.getBaseComponentType().getName();
    }
}
