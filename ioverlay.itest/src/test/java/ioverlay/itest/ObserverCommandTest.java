package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.itest.ShellClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run/overlay up}, {@code observer} and {@code node} with an observer: real processes, and the commands of docs/observer.md. */
@Tag("processes")
final class ObserverCommandTest {
    private static final long SIGTERM_MS = 5000;

    @TempDir
    private Path folder;

    @Test
    void upWithNodesIsReadyWhenThePageShowsThemAllAndEndsWithinFiveSecondsLeavingNothing() throws Exception {
        try (Overlay up = Overlay.start(folder, command("up --nodes 12 --traffic", "--console"))) {
            assertThat(status(up.web(), "")).isEqualTo(200);
            assertThat(up.live()).hasSize(12).containsExactlyInAnyOrderElementsOf(ids(up));
            assertThat(up.nodes())
                    .extracting(node ->
                            node.getAsJsonObject("location").get("label").getAsString())
                    .doesNotHaveDuplicates();
            Await.until("traffic reaches the leaves", () -> flows(up, "n12"));
            Matcher account = Pattern.compile("console (\\S+) \\(user (\\w+), password (\\S+),")
                    .matcher(up.said());
            assertThat(account.find()).as(up.said()).isTrue();
            URI bundles = URI.create(account.group(1) + "/bundles");
            assertThat(status(bundles, "")).isEqualTo(401);
            assertThat(status(bundles, "admin:admin")).isEqualTo(401);
            assertThat(status(bundles, account.group(2) + ":" + account.group(3)))
                    .isEqualTo(200);
            // A page of somebody else's must not act with the password that the browser has for it.
            assertThat(foreign(bundles, account.group(2) + ":" + account.group(3)))
                    .startsWith("HTTP/1.1 403");
            // A page that listens is sent away before the server stops, which has nothing to say then.
            try (InputStream events = up.web().resolve("api/events").toURL().openStream()) {
                assertThat(events.read()).isEqualTo('r');
                assertThat(up.end()).isLessThan(SIGTERM_MS);
                assertThat(new String(events.readAllBytes(), StandardCharsets.UTF_8))
                        .endsWith("\n\n");
            }
            assertThat(folder.resolve("ioverlay")).doesNotExist();
            assertThat(up.said()).doesNotContain("WARNING", "INFO", "SEVERE", "Exception");
        }
    }

    @Test
    void containersRegisterAgainByThemselvesWithAnObserverThatWasKilledAndComesBackWhereItWas() throws Exception {
        String[] observing = command("observer --listen 127.0.0.1:7100");
        observing[2] = "127.0.0.1:0";
        Overlay first = Overlay.start(folder, observing);
        String at = first.ready().get("observer").getAsString();
        try (first;
                Overlay left = Overlay.start(folder, at(at, "node --observer 127.0.0.1:7100 --name left"));
                Overlay right = Overlay.start(folder, at(at, "node --observer 127.0.0.1:7100 --name right"))) {
            assertThat(left.ready().get("web").isJsonNull()).isTrue();
            Await.until("both have registered", () -> knows(first, left, right));
            first.kill();

            try (Overlay second = Overlay.start(folder, observing)) {
                assertThat(second.web()).isEqualTo(first.web());
                assertThat(second.ready()).isEqualTo(first.ready());
                Await.until("both have registered again", () -> knows(second, left, right));
            }
        }
    }

    @Test
    void aNodeWhoseObserverDoesNotAnswerSaysSoAndGoesOn() throws Exception {
        String nobody = Addresses.text(Addresses.ofItsOwn());
        try (Overlay node = Overlay.start(folder, "node", "--observer", nobody)) {
            assertThat(ids(node)).hasSize(1);
            assertThat(node.said()).contains("No observer answers at " + nobody + " yet.");
        }
    }

    @Test
    void aPortThatIsTakenIsASentenceAndAnAddressThatIsNotLoopbackToo() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = "127.0.0.1:" + socket.getLocalPort();
            Answer answer = Launcher.in(folder).run("", "up", "--data", "d", "--web", taken);
            assertThat(answer.code()).as(answer.toString()).isEqualTo(1);
            assertThat(answer.err().lines())
                    .singleElement()
                    .isEqualTo("Nothing can listen at " + taken
                            + " (--web): address already in use. Port 0 takes any free one");
        }
        Answer foreign = Launcher.in(folder).run("", "up", "--data", "d", "--web", "0.0.0.0:0");
        assertThat(foreign.code()).as(foreign.toString()).isEqualTo(2);
        assertThat(foreign.err().lines()).singleElement().asString().contains("loopback");
    }

    /** A command that docs/observer.md has, word by word, and more arguments. */
    private static String[] command(String line, String... more) throws IOException {
        String text = Files.readString(Workspace.ROOT.resolve("docs/observer.md"));
        assertThat(text.lines()).contains("    run/overlay " + line);
        String[] words = line.split(" ");
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    /** The same with an observer that listens elsewhere than the document's. */
    private static String[] at(String observer, String line) throws IOException {
        String[] words = command(line);
        words[2] = observer;
        return words;
    }

    private static List<String> ids(Overlay container) {
        return container.ready().getAsJsonArray("nodes").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static boolean knows(Overlay observer, Overlay... containers) {
        try {
            List<String> live = observer.live();
            return List.of(containers).stream().allMatch(container -> live.containsAll(ids(container)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean flows(Overlay observer, String name) {
        try {
            for (JsonObject node : observer.nodes()) {
                if (node.get("name").getAsString().equals(name)) {
                    return node.get("inBytesPerSecond").getAsDouble() > 0;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line of what is answered to a page of another origin. */
    private static String foreign(URI asked, String account) throws IOException {
        try (Socket socket = new Socket(asked.getHost(), asked.getPort())) {
            String credentials = Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write(("GET " + asked.getPath() + " HTTP/1.1\r\nHost: " + asked.getAuthority()
                                    + "\r\nOrigin: http://evil.example\r\nAuthorization: Basic " + credentials
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(URI asked, String account) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) asked.toURL().openConnection();
        if (!account.isEmpty()) {
            connection.setRequestProperty(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)));
        }
        return connection.getResponseCode();
    }
}
