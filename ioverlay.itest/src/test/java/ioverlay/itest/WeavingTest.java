package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.woven.Cancellation;
import ioverlay.api.woven.TurnCancelled;
import ioverlay.itest.hostile.Endless;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** The framework weaves what it loads of algorithms: their calls can be ended from outside, and pay little for it. */
final class WeavingTest {
    private static final Logger LOG = System.getLogger(WeavingTest.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String PLAIN = "1.0.9";

    @TempDir
    private static Path directory;

    private static LiveContainer container;

    @BeforeAll
    static void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    static List<Class<? extends Algorithm>> endless() {
        return List.of(
                Endless.Loop.class,
                Endless.LoopThatCatchesAll.class,
                Endless.Recursion.class,
                Endless.LoopInALambda.class,
                Endless.LoopInANestedClass.class,
                Endless.LoopInAStaticInitialiser.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void aCallThatDoesNotEndIsEnded(Class<? extends Algorithm> type) throws Exception {
        String name = "endless." + type.getSimpleName();
        container
                .repository()
                .add(TestBundle.of(name, "1.0.0")
                        .algorithm(name, type)
                        .write(directory)
                        .toUri());
        Algorithm algorithm = instance(container.bundle(name, "1.0.0"));
        Message message =
                Message.builder(NodeId.parse("127.0.0.1:1"), MessageType.DATA).build();
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread turn = Thread.ofVirtual()
                .uncaughtExceptionHandler((ended, thrown) -> end.set(thrown))
                .start(() -> algorithm.process(message));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(turn.isAlive()).isTrue();

        long begin = System.nanoTime();
        try (Cancellation cancellation =
                Cancellation.begin(turn, algorithm.getClass().getClassLoader())) {
            assertThat(cancellation).isNotNull();
            assertThat(turn.join(LIMIT)).isTrue();
        }
        LOG.log(Level.INFO, "{0} ended {1} us after it was cancelled", name, (System.nanoTime() - begin) / 1_000);
        assertThat(end.get()).isInstanceOf(TurnCancelled.class);
    }

    private static Algorithm instance(Bundle bundle) {
        for (ServiceReference<?> reference : bundle.getRegisteredServices()) {
            Object service = container.context().getServiceObjects(reference).getService();
            if (service instanceof Algorithm algorithm) {
                return algorithm;
            }
        }
        throw new AssertionError(bundle + " has no algorithm");
    }

    @Test
    void aRelayHardlyPaysForIt() throws Exception {
        leaveUnwoven(Version.parseVersion(PLAIN));
        container
                .repository()
                .add(TestBundle.copyOf(Jars.ours("ioverlay.algo.relay"), PLAIN, directory)
                        .toUri());
        Relaying woven = new Relaying("1.0.0");
        Relaying plain = new Relaying(PLAIN);
        long wovenPs = Long.MAX_VALUE;
        long plainPs = Long.MAX_VALUE;
        // Compilers work in the background, and late on a busy machine: as many rounds as they need.
        for (int round = 0; round < 100 && (round < 5 || wovenPs > plainPs * 5 / 4); round++) {
            wovenPs = Math.min(wovenPs, woven.takesPs());
            plainPs = Math.min(plainPs, plain.takesPs());
        }
        LOG.log(Level.INFO, "a call of the relay takes, in ps at best: woven {0}, plain {1}", wovenPs, plainPs);
        assertThat(wovenPs).isLessThanOrEqualTo(plainPs * 5 / 4);
    }

    /** Puts back what a class was, after everybody else has woven it. */
    private static void leaveUnwoven(Version version) {
        Map<String, byte[]> before = new HashMap<>();
        hook(Integer.MAX_VALUE, type -> {
            if (type.getBundleWiring().getBundle().getVersion().equals(version)) {
                before.put(type.getClassName(), type.getBytes());
            }
        });
        hook(Integer.MIN_VALUE, type -> {
            byte[] bytes = before.get(type.getClassName());
            if (bytes != null && type.getBundleWiring().getBundle().getVersion().equals(version)) {
                assertThat(type.getBytes()).hasSizeGreaterThan(bytes.length);
                type.setBytes(bytes);
            }
        });
    }

    private static void hook(int ranking, WeavingHook hook) {
        container
                .context()
                .registerService(
                        WeavingHook.class,
                        hook,
                        FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, ranking)));
    }

    /** Calls of one version of the relay, measured in the time of this thread: a busy machine does not count. */
    private static final class Relaying implements Engine {
        private static final int CALLS = 100_000;

        private final Message message =
                Message.builder(NodeId.parse("127.0.0.1:1"), MessageType.DATA).build();
        private final Algorithm relay;
        private long sent;

        Relaying(String version) {
            relay = instance(container.bundle("ioverlay.algo.relay", version));
            relay.begin((Place) Proxy.newProxyInstance(
                    WeavingTest.class.getClassLoader(),
                    new Class<?>[] {Place.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "engine" -> this;
                        case "self" -> NodeId.parse("127.0.0.1:2");
                        case "settings" -> new JsonObject();
                        default -> throw new AssertionError("the relay does not ask for " + method);
                    }));
        }

        @Override
        public void send(Message sending, NodeId... destinations) {
            sent++;
        }

        /** Picoseconds for each call. */
        long takesPs() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < CALLS; i++) {
                relay.process(message);
            }
            long took = threads.getCurrentThreadCpuTime() - before;
            assertThat(sent % CALLS).isZero();
            return took * 1_000 / CALLS;
        }
    }
}
