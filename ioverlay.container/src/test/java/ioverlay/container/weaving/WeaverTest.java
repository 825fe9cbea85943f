package ioverlay.container.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import ioverlay.api.woven.Cancellation;
import ioverlay.api.woven.TurnCancelled;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeaverTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final WovenLoader woven = new WovenLoader(true);

    static List<Class<?>> endless() {
        return List.of(
                Endless.EmptyLoop.class,
                Endless.LoopThatCatchesAll.class,
                Endless.NestedLoopsThatCatchAll.class,
                Endless.RecursionThatCatchesAll.class,
                Endless.LoopInALambda.class,
                Endless.EndlessStream.class,
                Endless.LoopInANestedClass.class,
                Endless.LoopInAStaticInitialiser.class,
                Endless.LoopInAConstructor.class,
                Endless.SynchronizedLoop.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void what_never_ends_is_ended(Class<? extends Runnable> namesake) throws InterruptedException {
        assertThat(end(woven.instance(namesake, Runnable.class))).isInstanceOf(TurnCancelled.class);
    }

    private Throwable end(Runnable endless) throws InterruptedException {
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .uncaughtExceptionHandler((ended, thrown) -> end.set(thrown))
                .start(endless);
        // Long enough to be compiled, in part at least.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(thread.isAlive()).isTrue();
        try (Cancellation cancellation = Cancellation.begin(thread, woven)) {
            assertThat(cancellation).isNotNull();
            assertThat(thread.join(LIMIT)).isTrue();
        }
        return end.get();
    }

    @Test
    void a_monitor_is_free_again() throws Exception {
        Runnable loop = woven.instance(Endless.SynchronizedLoop.class, Runnable.class);
        end(loop);

        var isFree = loop.getClass().getDeclaredMethod("isFree");
        isFree.setAccessible(true);
        assertThat(isFree.invoke(loop)).isEqualTo(true);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(classes = {Gson.class, Assertions.class})
    void every_class_of_a_library_can_be_woven_and_is_correct(Class<?> inLibrary) throws Exception {
        Path library = Path.of(
                inLibrary.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> wrong = new ArrayList<>();
        int woven = 0;
        try (JarFile jar = new JarFile(library.toFile())) {
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    byte[] plain = jar.getInputStream(entry).readAllBytes();
                    wrong.addAll(faults(Weaver.weave(plain)));
                    woven++;
                }
            }
        }
        assertThat(woven).isGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    /** What the virtual machine would say at loading. */
    private static List<String> faults(byte[] bytes) {
        return ClassFile.of().verify(bytes).stream()
                .map(VerifyError::getMessage)
                .filter(message -> !message.contains("Could not resolve class"))
                .toList();
    }

    @Test
    void members_and_the_serial_version_stay() throws Exception {
        Class<?> plain = new WovenLoader(false).loadClass(Serial.class.getName());
        Class<?> other = woven.loadClass(Serial.class.getName());

        assertThat(ObjectStreamClass.lookup(other).getSerialVersionUID())
                .isEqualTo(ObjectStreamClass.lookup(plain).getSerialVersionUID());
        assertThat(other.getDeclaredMethods()).hasSameSizeAs(plain.getDeclaredMethods());
        assertThat(other.getDeclaredFields()).hasSameSizeAs(plain.getDeclaredFields());
    }

    @Test
    void line_numbers_and_variables_stay() throws IOException {
        byte[] plain = WovenLoader.bytes(Endless.LoopThatCatchesAll.class.getName());
        byte[] other = Weaver.weave(plain);

        assertThat(lines(other)).isEqualTo(lines(plain)).isNotEmpty();
        assertThat(variables(other)).isEqualTo(variables(plain));
    }

    private static Set<Integer> lines(byte[] bytes) {
        Set<Integer> lines = new TreeSet<>();
        codes(bytes)
                .flatMap(code -> code.findAttribute(Attributes.lineNumberTable()).stream())
                .flatMap(table -> table.lineNumbers().stream())
                .mapToInt(LineNumberInfo::lineNumber)
                .forEach(lines::add);
        return lines;
    }

    private static List<String> variables(byte[] bytes) {
        return codes(bytes)
                .flatMap(code -> code.findAttribute(Attributes.localVariableTable()).stream())
                .flatMap(table -> table.localVariables().stream())
                .map(variable -> variable.name().stringValue() + " at " + variable.slot())
                .toList();
    }

    private static Stream<CodeAttribute> codes(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream()
                .map(MethodModel::code)
                .flatMap(code -> code.map(CodeAttribute.class::cast).stream());
    }

    @Test
    void the_stack_of_a_failure_names_the_same_lines() {
        assertThat(failure(woven)).isEqualTo(failure(new WovenLoader(false)));
    }

    private static String failure(WovenLoader loader) {
        try {
            loader.instance(Failing.class, Runnable.class).run();
            throw new AssertionError("it fails");
        } catch (IllegalStateException e) {
            return e.getStackTrace()[0].toString();
        }
    }

    @Test
    void what_is_no_class_is_refused() {
        assertThatThrownBy(() -> Weaver.weave(new byte[] {1, 2, 3})).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_class_of_a_time_before_call_sites_is_refused() {
        byte[] old = ClassFile.of().build(ClassDesc.of("Old"), type -> type.withVersion(ClassFile.JAVA_6_VERSION, 0));

        assertThatThrownBy(() -> Weaver.weave(old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 50");
    }

    @Test
    void a_compiled_loop_hardly_pays_for_looking() {
        IntStream.Builder sums = IntStream.builder();
        Work plain = new Work(new WovenLoader(false));
        Work other = new Work(woven);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            best = Math.min(best, (double) other.takesNs(sums) / plain.takesNs(sums));
        }
        System.getLogger(WeaverTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "woven to plain: {0,number,0.00}; {1}",
                        best,
                        sums.build().sum());
        assertThat(best).isLessThan(1.5);
    }

    private static final class Work {
        private final IntUnaryOperator work;

        Work(WovenLoader loader) {
            work = loader.instance(Mixing.class, IntUnaryOperator.class);
        }

        long takesNs(IntStream.Builder sums) {
            long start = System.nanoTime();
            sums.add(work.applyAsInt(20_000_000));
            return System.nanoTime() - start;
        }
    }

    @SuppressWarnings("serial")
    static final class Serial implements Serializable {
        private int sum;

        int sum(int to) {
            for (int i = 0; i < to; i++) {
                sum += i;
            }
            return sum;
        }
    }

    static final class Failing implements Runnable {
        @Override
        public void run() {
            for (int i = 0; i < 10; i++) {
                if (i == 5) {
                    throw new IllegalStateException("at 5");
                }
            }
        }
    }

    /** A loop whose body is too small to hide anything behind. */
    static final class Mixing implements IntUnaryOperator {
        @Override
        public int applyAsInt(int rounds) {
            int mixed = 1;
            for (int i = 0; i < rounds; i++) {
                mixed = mixed * 31 + (mixed >>> 7) + i;
            }
            return mixed;
        }
    }
}
