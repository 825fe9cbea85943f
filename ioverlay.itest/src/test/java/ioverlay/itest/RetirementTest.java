package ioverlay.itest;

import static ioverlay.itest.CounterSlot.SHORT;
import static ioverlay.itest.CounterSlot.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.Probation;
import ioverlay.api.container.Repository.Retired;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Counter;
import ioverlay.itest.algorithms.Leaking;
import ioverlay.itest.algorithms.Vetoing;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Bundles that a swap has replaced leave, and their class loaders with them. */
final class RetirementTest {
    @TempDir
    private Path directory;

    private CounterSlot counter;

    @BeforeEach
    void boot() throws Exception {
        counter = new CounterSlot(directory, Map.of());
        counter.count(2, 2);
    }

    @AfterEach
    void stop() throws Exception {
        counter.close();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("leaked"))
                .forEach(Thread::interrupt);
    }

    private Retired retired(String version) {
        return counter.container.repository().retired().stream()
                .filter(bundle -> bundle.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    private boolean isUnloaded(String version) {
        System.gc(); // a test's impatience; the container itself never asks for a collection
        return retired(version).unloaded();
    }

    @Test
    void aReplacedVersionIsUninstalledAndItsClassLoaderGoes() throws Exception {
        counter.deploy("1.1.0", Counter.class);
        assertThat(counter.swap("1.1.0", SHORT).outcome()).isEqualTo(Outcome.SWITCHED);
        counter.awaitEvent("bundle.retired", "counter 1.0.0 was uninstalled");
        assertThat(counter.container.bundles("counter").map(Bundle::getVersion).map(Object::toString))
                .containsExactly("1.1.0");
        Await.until("the class loader is gone", () -> isUnloaded("1.0.0"));
        assertThat(retired("1.0.0").holders()).isEmpty();
        counter.awaitEvent("bundle.unloaded", "counter 1.0.0");
        counter.count(1, 3);
    }

    @Test
    void aVersionThatWentBackIsUnloadedToo() throws Exception {
        counter.deploy("1.1.0", Counter.class);
        CompletableFuture<SwapResult> trial = counter.onProbation("1.1.0");
        counter.count(1, 3);
        assertThat(counter.rollback().outcome()).isEqualTo(Outcome.SWITCHED);
        assertThat(trial.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.RETURNED);
        counter.awaitEvent("bundle.retired", "counter 1.1.0");
        Await.until("the class loader is gone", () -> isUnloaded("1.1.0"));
    }

    @Test
    void aVersionThatAnotherNodeRunsStaysUntilThatNodeIsRemoved() throws Exception {
        counter.container.nodes().create(NodeSpec.named("b").withSlot(SLOT, SlotSpec.of("counter")));
        counter.deploy("1.1.0", Counter.class);
        counter.swap("1.1.0", Probation.NONE);
        assertThat(counter.container.bundle("counter", "1.0.0").getState()).isEqualTo(Bundle.ACTIVE);
        counter.container.nodes().remove("b");
        counter.awaitEvent("bundle.retired", "counter 1.0.0");
    }

    @Test
    void aVersionThatWasDeployedAndNotUsedStays() throws Exception {
        counter.deploy("1.1.0", Counter.class);
        counter.deploy("1.2.0", Vetoing.class);
        counter.swap("1.1.0", Probation.NONE);
        assertThat(counter.swap("1.2.0", SHORT).outcome()).isEqualTo(Outcome.REFUSED);
        counter.awaitEvent("bundle.retired", "counter 1.0.0");
        assertThat(counter.container.bundle("counter", "1.2.0").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void aBundleThatAnotherIsWiredToStaysAndSaysSo() throws Exception {
        Path dependent = TestBundle.of("dependent", "1.0.0")
                .header("Require-Capability", "ioverlay.algorithm;filter:=\"(ioverlay.algorithm=counter)\"")
                .write(directory);
        counter.container.context().installBundle(dependent.toUri().toString()).start();
        counter.deploy("1.1.0", Counter.class);
        counter.swap("1.1.0", Probation.NONE);
        counter.awaitEvent("bundle.stays", "other bundles are wired to it: dependent");
        assertThat(counter.container.bundle("counter", "1.0.0").getState()).isEqualTo(Bundle.ACTIVE);
    }

    /** As a person asks for it. */
    private String bundle(String version) {
        return counter.container.repository().retired().stream()
                        .filter(left -> left.version().equals(version))
                        .map(Retired::bundle)
                        .findFirst()
                        .orElseThrow()
                + ":" + version;
    }

    @Test
    void aLeakedThreadThatHoldsTheClassLoaderIsNamed() throws Exception {
        counter.deploy("1.1.0", Leaking.class);
        counter.deploy("1.2.0", Counter.class);
        counter.swap("1.1.0", Probation.NONE);
        counter.swap("1.2.0", Probation.NONE);
        counter.awaitEvent("bundle.retired", "counter 1.1.0");
        assertThat(isUnloaded("1.1.0")).isFalse();
        assertThat(String.join("\n", retired("1.1.0").holders()))
                .contains("the thread 'leaked' is in ioverlay.itest.algorithms.Leaking.idle")
                .contains("the virtual thread 'leaked too' is in ioverlay.itest.algorithms.Leaking.idle")
                .contains("the thread 'leaked timer' has it as its context class loader");
        assertThat(counter.container.repository().why(bundle("1.1.0")))
                .anySatisfy(sentence -> assertThat(sentence)
                        .contains("1.1.0 was retired at ", "no slot used it", "still held: ", "the thread 'leaked'"));
    }
}
