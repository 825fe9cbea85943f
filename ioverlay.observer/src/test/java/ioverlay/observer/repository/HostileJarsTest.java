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
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and programs may send in place of a bundle: each is refused with a sentence, and nothing of it stays. */
class HostileJarsTest {
    @TempDir
    private Path folder;

    private Bundles bundles;

    @BeforeEach
    void open() throws IOException {
        bundles = Bundles.open(folder);
    }

    private static TestJar good() {
        return TestJar.algorithm("relay", "1.1.0");
    }

    private void assertRefused(byte[] sent, int status, String sentence) throws IOException {
        assertRefused(new ByteArrayInputStream(sent), status, sentence);
    }

    private void assertRefused(InputStream sent, int status, String sentence) throws IOException {
        assertThatThrownBy(() -> bundles.keep(sent))
                .hasMessageContaining(sentence)
                .asInstanceOf(type(Problem.class))
                .extracting(Problem::status)
                .isEqualTo(status);
        assertThat(bundles.all()).isEmpty();
        assertEmpty();
    }

    private void assertEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void what_is_no_jar() throws IOException {
        assertRefused(new byte[0], 422, "not a JAR with a META-INF/MANIFEST.MF");
        byte[] noise = new byte[100_000];
        new Random(7).nextBytes(noise);
        assertRefused(noise, 422, "not a JAR");
        assertRefused(TestJar.empty().bytes(), 422, "a bundle has a Bundle-SymbolicName, and none is in it");
    }

    @Test
    void a_jar_that_is_cut_off_anywhere() throws IOException {
        byte[] whole = good().file("a", new byte[300]).bytes();
        for (int length = 1; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> bundles.keep(new ByteArrayInputStream(part)))
                    .as("%d bytes", length)
                    .isInstanceOf(Problem.class);
        }
        assertEmpty();
    }

    @Test
    void a_jar_with_any_byte_broken_is_taken_or_refused_but_harms_nobody() throws IOException {
        byte[] whole = good().file("a", new byte[300]).bytes();
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                bundles.keep(new ByteArrayInputStream(broken));
            } catch (Problem e) {
                assertThat(e.status()).isIn(409, 422);
            }
        }
        assertThat(bundles.all()).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // a byte at a time is the point
    void a_sender_that_ends_in_the_middle_leaves_nothing() throws IOException {
        byte[] whole = good().bytes();
        InputStream broken = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == whole.length / 2) {
                    throw new IOException("the line broke");
                }
                return whole[at++];
            }
        };

        assertThatThrownBy(() -> bundles.keep(broken)).isInstanceOf(IOException.class);
        assertEmpty();
    }

    @Test
    void one_that_does_not_end_is_cut_off_at_the_largest_bundle() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return length;
            }
        };

        assertRefused(endless, 413, "a bundle has at most 67108864 bytes");
    }

    @Test
    void a_bomb_is_not_unpacked() throws IOException {
        assertRefused(good().file("bomb", new byte[8 << 20]).bytes(), 422, "which are exceeded by 'bomb'");
    }

    @Test
    void a_manifest_that_is_a_bomb_is_not_unpacked() throws IOException {
        assertRefused(
                good().header("X", "x".repeat(2 << 20)).bytes(),
                422,
                "at most 1048576 bytes has a 'META-INF/MANIFEST.MF'");
    }

    @Test
    void too_many_entries() throws IOException {
        TestJar jar = good();
        for (int number = 0; number < Jar.MAX_ENTRIES; number++) {
            jar.file("f" + number, new byte[0]);
        }

        assertRefused(jar.bytes(), 422, "a JAR has at most 10000 entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "..", "a\\..\\b", "C:evil", "a\u0000b", "a\nb"})
    void names_that_lead_elsewhere(String name) throws IOException {
        assertRefused(good().file(name, new byte[1]).bytes(), 422, "names in a JAR are relative paths");
    }

    @Test
    void an_entry_that_is_there_twice() throws IOException {
        byte[] jar =
                good().file("twin-1", new byte[1]).file("twin-2", new byte[2]).bytes();

        assertRefused(replaced(jar, "twin-2", "twin-1"), 422, "a JAR has each entry once, and twice there is 'twin-1'");
    }

    @Test
    void a_directory_that_lists_something_else_than_what_is_in_it() throws IOException {
        byte[] jar = good().file("class-1", new byte[1]).bytes();
        int last = new String(jar, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf("class-1");
        jar[last + "class-".length()] = '2';

        assertRefused(jar, 422, "the directory of a JAR lists what is in it, and differs in 'class-1'");
    }

    @Test
    void a_jar_whose_directory_leads_to_other_bytes_than_those_that_come_first() throws IOException {
        byte[] harmless = good().file("a", new byte[] {1}).bytes();
        byte[] other = good().file("a", new byte[] {2}).bytes();

        // Read entry after entry it is the first, by the directory at its end, as frameworks do, the second.
        assertRefused(
                joined(harmless, other),
                422,
                "what the directory of a JAR leads to is what is in it, which it is not for 'a'");
        assertRefused(
                joined(
                        good().bytes(),
                        good().header("Export-Package", "java.lang").bytes()),
                422,
                "for 'META-INF/MANIFEST.MF'");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void a_bundle_that_claims_an_algorithm_and_has_no_code() throws IOException {
        TestJar claim = TestJar.claim("relay", "1.1.0");
        assertRefused(claim.bytes(), 422, "an algorithm's bundle has its classes in it, and there is none");
        assertRefused(
                claim.file("test/Algorithm.class", new byte[0]).bytes(),
                422,
                "what the Service-Component of a bundle names is in it, and not so OSGI-INF/test.xml");
    }

    @Test
    void a_disk_that_takes_no_more_is_told_apart_from_who_sends() throws IOException {
        Path full = Path.of("/dev/full"); // answers every write as a disk without room does
        Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full here");
        Path file = Files.createSymbolicLink(folder.resolve("upload-1.part"), full);

        assertThatThrownBy(() -> Incoming.receiveInto(file, new ByteArrayInputStream(good().bytes()), 1 << 20))
                .hasMessageContaining("the observer's disk does not take the bundle: No space left on device")
                .asInstanceOf(type(Problem.class))
                .extracting(Problem::status)
                .isEqualTo(507);
        assertEmpty();
        Files.delete(folder);
        assertThatThrownBy(() -> bundles.keep(new ByteArrayInputStream(good().bytes())))
                .asInstanceOf(type(Problem.class))
                .extracting(Problem::status)
                .isEqualTo(507);
        Files.createDirectory(folder);
    }

    private static byte[] replaced(byte[] jar, String from, String to) {
        var latin1 = java.nio.charset.StandardCharsets.ISO_8859_1;
        return new String(jar, latin1).replace(from, to).getBytes(latin1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bundle-SymbolicName | '' | a bundle has a Bundle-SymbolicName",
                "Bundle-SymbolicName | a=b | a bundle has a Bundle-SymbolicName",
                "Bundle-SymbolicName | ../x | letters, digits and _ . -",
                "Bundle-ManifestVersion | '' | a bundle's Bundle-ManifestVersion is 2, not left out",
                "Bundle-ManifestVersion | 1 | a bundle's Bundle-ManifestVersion is 2, not 1",
                "Bundle-Version | '' | a bundle has a Bundle-Version",
                "Bundle-Version | new | written as 1.2.3 or 1.2.3.qualifier, not 'new'",
                "Provide-Capability | '' | provides the capability ioverlay.algorithm, see @AlgorithmType",
                "Provide-Capability | other;other=a | provides the capability ioverlay.algorithm",
                "Export-Package | a.b | an algorithm's bundle exports nothing, not a.b",
                "Fragment-Host | a.b | is no fragment",
                "Require-Bundle | a.b | requires no other bundle, not a.b",
                "Import-Package | a.b,ioverlay.api | carries the rest itself, not a.b",
                "Import-Package | ioverlay.engine | carries the rest itself, not ioverlay.engine",
            })
    void a_manifest_that_containers_would_not_take(String header, String value, String sentence) throws IOException {
        assertRefused(good().header(header, value).bytes(), 422, sentence);
    }
}
