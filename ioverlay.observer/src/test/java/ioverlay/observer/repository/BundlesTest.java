package ioverlay.observer.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ioverlay.observer.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** What is kept, and what two bundles cannot both be. */
class BundlesTest {
    @TempDir
    private Path folder;

    private static Bundles.Upload keep(Bundles bundles, TestJar jar) throws IOException {
        return bundles.keep(new ByteArrayInputStream(jar.bytes()));
    }

    private static void assertConflict(Bundles bundles, TestJar jar, String sentence) {
        assertThatThrownBy(() -> keep(bundles, jar))
                .hasMessageContaining(sentence)
                .asInstanceOf(type(Problem.class))
                .extracting(Problem::status)
                .isEqualTo(409);
    }

    @Test
    void a_bundle_is_kept_and_says_what_it_is() throws IOException {
        Bundles bundles = Bundles.open(folder);

        Bundles.Upload upload = keep(bundles, TestJar.algorithm("relay", "1.1"));

        assertThat(upload.isNew()).isTrue();
        Kept kept = upload.kept();
        assertThat(kept.facts().bundle()).isEqualTo("test.relay");
        assertThat(kept.facts().version()).isEqualTo(new Version("1.1.0"));
        assertThat(kept.facts().algorithms()).containsExactly("relay");
        assertThat(kept.facts().imports()).containsExactly("com.google.gson", "ioverlay.api", "java.util");
        assertThat(Incoming.digest(kept.file())).isEqualTo(kept.sha256());
        assertThat(kept.toJson().keySet())
                .containsExactly("bundle", "version", "sha256", "bytes", "algorithms", "imports");
    }

    @Test
    void the_same_bytes_again_are_the_same_bundle() throws IOException {
        Bundles bundles = Bundles.open(folder);
        TestJar jar = TestJar.algorithm("relay", "1.1.0");
        byte[] bytes = jar.bytes();
        bundles.keep(new ByteArrayInputStream(bytes));

        assertThat(bundles.keep(new ByteArrayInputStream(bytes)).isNew()).isFalse();
        assertThat(bundles.all()).hasSize(1);
    }

    @Test
    void the_same_version_with_other_bytes_is_refused() throws IOException {
        Bundles bundles = Bundles.open(folder);
        keep(bundles, TestJar.algorithm("relay", "1.1.0"));

        assertConflict(
                bundles,
                TestJar.algorithm("relay", "1.1.0").file("more", new byte[1]),
                "test.relay 1.1.0 is kept already with other bytes: bump the version");
        assertConflict(
                bundles,
                TestJar.algorithm("relay", "1.1.0").header("Bundle-SymbolicName", "another"),
                "the algorithm relay 1.1.0 is in the bundle test.relay 1.1.0 already, and cannot come from another too");
        keep(bundles, TestJar.algorithm("relay", "1.2.0"));
        assertThat(bundles.all()).hasSize(2);
    }

    @Test
    void what_was_kept_is_there_again_and_what_was_half_there_is_not() throws IOException {
        Bundles before = Bundles.open(folder);
        Kept kept = keep(before, TestJar.algorithm("relay", "1.1.0")).kept();
        Kept damaged = keep(before, TestJar.algorithm("relay", "1.2.0")).kept();
        Files.write(damaged.file(), new byte[10]);
        Files.write(folder.resolve("upload-1.part"), new byte[10]);

        Bundles after = Bundles.open(folder);

        assertThat(after.all()).containsExactly(kept);
        assertThat(after.offering("relay", new Version("1.1.0"))).contains(kept);
        assertThat(after.offering("relay", new Version("1.2.0"))).isEmpty();
        assertThat(folder.resolve("upload-1.part")).doesNotExist();
        assertThat(damaged.file()).doesNotExist();
    }

    @Test
    void only_so_many_are_uploaded_at_a_time() throws Exception {
        Bundles bundles = Bundles.open(folder);
        CountDownLatch sending = new CountDownLatch(Bundles.MAX_UPLOADS);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> senders = new ArrayList<>();
        for (int number = 0; number < Bundles.MAX_UPLOADS; number++) {
            senders.add(Thread.ofVirtual().name("slow-sender-" + number).start(() -> {
                try {
                    bundles.keep(new Slow(sending, end));
                } catch (IOException | Problem e) {
                    assertThat(e).hasMessageContaining("JAR");
                }
            }));
        }
        assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> keep(bundles, TestJar.algorithm("relay", "1.1.0")))
                .hasMessage("at most 4 bundles are uploaded at a time");
        end.countDown();
        for (Thread sender : senders) {
            sender.join(); // it may still clear its folder
        }
    }

    /** Sends nothing until it may, and then ends. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // slow on purpose
    private static final class Slow extends InputStream {
        private final CountDownLatch began;
        private final CountDownLatch end;

        Slow(CountDownLatch began, CountDownLatch end) {
            this.began = began;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            began.countDown();
            try {
                assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }
    }
}
