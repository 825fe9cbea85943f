package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.SlotSpec;
import ioverlay.itest.algorithms.Counter;
import ioverlay.itest.algorithms.Idler;
import ioverlay.itest.algorithms.Stillborn;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** What the repository takes and what it refuses; a refused bundle leaves nothing behind. */
final class RepositoryTest {
    @TempDir
    private Path directory;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"));
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private List<Offer> add(TestBundle bundle) throws Exception {
        return container.repository().add(bundle.write(directory).toUri());
    }

    private void assertRefused(TestBundle bundle, String... inSentence) throws Exception {
        assertRefused(bundle.write(directory).toUri(), inSentence);
    }

    private void assertRefused(URI bundle, String... inSentence) {
        int before = container.context().getBundles().length;
        assertThatThrownBy(() -> container.repository().add(bundle))
                .isInstanceOf(RefusedException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).contains(inSentence));
        assertThat(container.context().getBundles()).hasSize(before);
    }

    private static TestBundle counter(String version) throws Exception {
        return TestBundle.of("counter", version).algorithm("counter", Counter.class);
    }

    @Test
    void aBundleIsInstalledBesideWhatRunsAndOffered() throws Exception {
        container.nodes().create(NodeSpec.named("a").withSlot(0, SlotSpec.of("relay")));
        assertThat(container.repository().add(Jars.relay11().toUri()))
                .extracting(Offer::name, Offer::version, Offer::bundle, Offer::users)
                .containsExactly(tuple("relay", "1.1.0", "ioverlay.algo.relay", 0));
        assertThat(container.repository().algorithms())
                .extracting(Offer::name, Offer::version, Offer::users)
                .containsExactly(tuple("relay", "1.0.0", 1), tuple("relay", "1.1.0", 0));
        assertThat(container.bundle("ioverlay.algo.relay", "1.1.0").getLocation())
                .matches("ioverlay:ioverlay\\.algo\\.relay@[0-9a-f]{64}");
    }

    @Test
    void theSameBytesAgainGiveTheSameAnswer() throws Exception {
        List<Offer> first = container.repository().add(Jars.relay11().toUri());
        assertThat(container.repository().add(Jars.relay11().toUri())).isEqualTo(first);
        assertThat(container.bundles("ioverlay.algo.relay")).hasSize(2);
    }

    @Test
    void whatTheContainerWasStartedWithIsNotInstalledAgain() throws Exception {
        assertThat(container.repository().add(Jars.ours("ioverlay.algo.relay").toUri()))
                .extracting(Offer::version)
                .containsExactly("1.0.0");
        assertThat(container.bundles("ioverlay.algo.relay")).hasSize(1);
    }

    @Test
    void theSameVersionWithOtherBytesIsRefused() throws Exception {
        add(counter("1.0.0"));
        assertRefused(counter("1.0.0").file("more", "more"), "counter 1.0.0", "bump the version");
        assertRefused(
                TestBundle.of("ioverlay.algo.relay", "1.0.0").algorithm("relay", Counter.class), "bump the version");
    }

    @Test
    void anApplicationsBundleIsTakenToo() throws Exception {
        assertThat(add(TestBundle.of("idler", "1.0.0").application("idler", Idler.class)))
                .isEmpty();
        assertThat(container.bundle("idler", "1.0.0").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void aFileThatIsMissingOrNoBundleIsRefused() throws Exception {
        assertRefused(directory.resolve("none.jar").toUri(), "exists", "none.jar");
        assertRefused(directory.toUri(), "exists");
        assertRefused(URI.create("http://localhost/x.jar"), "file: URI");
        assertRefused(Files.writeString(directory.resolve("text.jar"), "text").toUri(), "text.jar");
        byte[] whole = Files.readAllBytes(Jars.relay11());
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertRefused(Files.write(directory.resolve("half.jar"), half).toUri(), "half.jar");
        assertRefused(counter("1.0.0").header("Bundle-SymbolicName", ""), "Bundle-SymbolicName");
        assertRefused(counter("1.0.0").header("Bundle-Version", ""), "Bundle-Version");
        assertRefused(counter("1.0.0").header("Bundle-Version", "one"), "'one'");
    }

    @Test
    void aBundleThatExportsIsRefused() throws Exception {
        assertRefused(counter("1.0.0").header("Export-Package", "ioverlay.itest.algorithms"), "exports nothing");
    }

    @Test
    void aBundleWithoutAnAlgorithmIsRefused() throws Exception {
        assertRefused(TestBundle.of("plain", "1.0.0"), "ioverlay.algorithm", "@AlgorithmType");
    }

    @Test
    void aBundleThatDoesNotResolveIsRefusedNamingTheNearest() throws Exception {
        assertRefused(
                counter("1.0.0").header("Import-Package", "ioverlay.api;version=\"[2,3)\",com.google.gson"),
                "does not resolve",
                "ioverlay.api",
                "nearest is ioverlay.api 1.1.0");
        assertRefused(
                counter("1.0.0").header("Import-Package", "ioverlay.api,com.google.gson,ioverlay.engine"),
                "nearest is ioverlay.engine 1.0.0 of bundle ioverlay.engine");
        assertRefused(
                counter("1.0.0").header("Import-Package", "ioverlay.api,com.google.gson,no.such"),
                "no.such",
                "nothing of that name");
    }

    @Test
    void aBundleWhoseComponentCannotBeMadeIsRefused() throws Exception {
        assertRefused(
                TestBundle.of("stillborn", "1.0.0").algorithm("stillborn", Stillborn.class),
                "stillborn 1.0.0",
                "activation failed");
    }

    @Test
    void aBundleThatDoesNotKeepItsPromiseIsRefused() throws Exception {
        assertRefused(counter("1.0.0").promise("ioverlay.algorithm", "ghost"), "'ghost'", "5000 ms");
    }
}
