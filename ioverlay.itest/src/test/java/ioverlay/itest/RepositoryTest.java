package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.SlotSpec;
import ioverlay.itest.algorithms.Counter;
import ioverlay.itest.algorithms.Exiting;
import ioverlay.itest.algorithms.Idler;
import ioverlay.itest.algorithms.Stillborn;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
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
    void aBundleThatWouldEndTheJvmIsRefusedNamingTheMethod() throws Exception {
        assertRefused(
                TestBundle.of("exiting", "1.0.0").algorithm("exiting", Exiting.class),
                "method process of class ioverlay.itest.algorithms.Exiting calls System.exit");
    }

    @Test
    void aDigestThatDiffersIsRefusedWithBoth() throws Exception {
        Path jar = counter("1.0.0").write(directory);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        String other = "0".repeat(64);
        assertThatThrownBy(() -> container.repository().add(jar.toUri(), other))
                .isInstanceOf(RefusedException.class)
                .hasMessageContainingAll(digest, other);
        assertThatThrownBy(() -> container.repository().add(jar.toUri(), "12"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContainingAll("64 hexadecimal digits", "12");
        assertThat(container.repository().add(jar.toUri(), digest))
                .singleElement()
                .satisfies(offer -> assertThat(offer.sha256()).isEqualTo(digest));
    }

    @Test
    void anUninstalledVersionIsStoredAndComesBackForWhoeverAsksForIt() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        container.bundle("ioverlay.algo.relay", "1.1.0").uninstall();
        assertThat(container.repository().algorithms())
                .extracting(Offer::version, Offer::state, Offer::bundleId)
                .contains(tuple("1.1.0", "stored", -1L));
        container.nodes().create(NodeSpec.named("a").withSlot(0, SlotSpec.of("relay")));
        assertThat(container
                        .nodes()
                        .status("a")
                        .orElseThrow()
                        .slots()
                        .getFirst()
                        .version())
                .isEqualTo("1.1.0");
    }

    @Test
    void aStoppedBundleIsNotStartedForAnybody() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        container.bundle("ioverlay.algo.relay", "1.1.0").stop();
        assertThatThrownBy(() -> container
                        .nodes()
                        .create(NodeSpec.named("a")
                                .withSlot(0, SlotSpec.of("relay").withVersions("1.1"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("relay 1.1.0 (its bundle is not started)");
    }

    private String why(String bundle) {
        return String.join(". ", container.repository().why(bundle));
    }

    @Test
    void whyTellsTheStateAndWhoUsesIt() throws Exception {
        container.nodes().create(NodeSpec.named("a").withSlot(3, SlotSpec.of("relay")));
        assertThat(why("ioverlay.algo.relay"))
                .contains("ioverlay.algo.relay 1.0.0", "is active", "it serves slot 3 of a");
        container.repository().add(Jars.relay11().toUri());
        assertThat(why("ioverlay.algo.relay:1.1.0")).contains("no slot uses it");
        container.bundle("ioverlay.algo.relay", "1.1.0").stop();
        assertThat(why("ioverlay.algo.relay:1.1.0")).contains("not started");
        container.bundle("ioverlay.algo.relay", "1.1.0").uninstall();
        assertThat(why("ioverlay.algo.relay:1.1.0")).contains("stored");
        assertThat(why("ioverlay.algo.rely")).contains("no bundle", "the nearest is ioverlay.algo.relay:1.0.0");
    }

    @Test
    void whyTellsWhatIsMissingAndWhatComesNearest() throws Exception {
        Bundle bundle = container
                .context()
                .installBundle(counter("1.0.0")
                        .header("Import-Package", "ioverlay.api;version=\"[2,3)\",com.google.gson")
                        .write(directory)
                        .toUri()
                        .toString());
        assertThat(why(Long.toString(bundle.getBundleId())))
                .contains(
                        "does not resolve: it requires the package ioverlay.api in versions [2.0.0,3.0.0)",
                        "the nearest is ioverlay.api 1.1.0");
    }

    @Test
    void whyNamesTheComponentWhoseActivationFailed() throws Exception {
        container
                .context()
                .installBundle(TestBundle.of("stillborn", "1.0.0")
                        .algorithm("stillborn", Stillborn.class)
                        .write(directory)
                        .toUri()
                        .toString())
                .start();
        assertThatThrownBy(() -> container.nodes().create(NodeSpec.named("a").withSlot(0, SlotSpec.of("stillborn"))))
                .isInstanceOf(RefusedException.class);
        assertThat(why("stillborn")).contains("its component stillborn failed in its activation: ");
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
