package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.launch.Framework;

@Timeout(20)
class EndingTest {
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final Framework framework = (Framework) Proxy.newProxyInstance(
            EndingTest.class.getClassLoader(), new Class<?>[] {Framework.class}, (p, m, a) -> switch (m.getName()) {
                case "getState" -> Bundle.ACTIVE;
                case "getBundleId" -> 0L;
                case "stop" -> {
                    happened.add("the framework is stopped");
                    yield null;
                }
                default -> null;
            });
    private final Ending ending = new Ending(framework, System.err);

    /** A command that says when it has ended, and whether it knew why. */
    private void ends(Runnable how) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> answer = executor.submit(() -> ending.run(() -> {
                begun.countDown();
                Standstill.untilInterrupted();
                happened.add("the command has ended, " + (ending.hasBegun() ? "as it was told" : "nobody knows why"));
                return 7;
            }));
            begun.await();
            how.run();
            assertThat(answer.get()).isEqualTo(7);
        }
    }

    @Test
    void theCommandHasEndedBeforeTheFrameworkTellsAnybodyThatItStops() throws Exception {
        ends(ending::stopFramework);

        assertThat(happened).containsExactly("the command has ended, as it was told", "the framework is stopped");
    }

    @Test
    void aFrameworkThatSomebodyElseStopsEndsTheCommandToo() throws Exception {
        assertThat(ending.hasBegun()).isFalse();

        ends(() -> ending.bundleChanged(new BundleEvent(BundleEvent.STOPPING, framework)));

        assertThat(happened).containsExactly("the command has ended, as it was told");
    }
}
