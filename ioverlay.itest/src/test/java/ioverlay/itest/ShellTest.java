package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.itest.ShellClient.Answer;
import ioverlay.shell.wire.Opening.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The shell's commands in a real framework, through the socket that a second shell comes in by. */
class ShellTest {
    private static final String RELAY11 = Jars.relay11().toString();
    private static final String NOBODY = "65534";

    @TempDir
    private Path data;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(
                Map.of("gosh.home", Workspace.ROOT.resolve("run").toString()),
                Jars.ours("ioverlay.algo.relay"),
                Jars.ours("ioverlay.algo.tree"),
                Jars.ours("ioverlay.app"),
                Jars.others("org.apache.felix.gogo.runtime"));
        // Installed and resolved, but not started: started it would take the terminal.
        install(Jars.others("org.apache.felix.gogo.jline"));
        install(Jars.others("jline"));
        install(Jars.others("picocli")).start();
        install(Jars.ours("ioverlay.shell")).start();
        listen();
    }

    private Bundle install(Path jar) throws Exception {
        return container.context().installBundle(jar.toUri().toString());
    }

    private void listen() throws Exception {
        configure(container, data);
        Await.until("the socket answers", this::answers);
    }

    private static void configure(LiveContainer container, Path directory) throws IOException {
        container
                .configurations()
                .getConfiguration("ioverlay.data", "?")
                .update(FrameworkUtil.asDictionary(Map.of("directory", directory.toString())));
    }

    private boolean answers() {
        try {
            return run("help").code() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
        assertThat(socket()).doesNotExist();
    }

    private Path socket() {
        return data.resolve("shell.sock");
    }

    private Answer run(String program) throws IOException {
        return ShellClient.run(data, program);
    }

    /** For each port of the manual one where nobody listens. */
    private static Map<String, String> freePorts(List<String> ports) throws IOException {
        Map<String, String> free = new HashMap<>();
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (String port : ports) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                sockets.add(socket); // open until all are chosen, so that each is another
                free.put(port, Integer.toString(socket.getLocalPort()));
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return free;
    }

    @Test
    void everyExampleOfTheManualWorks() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Workspace.ROOT.resolve("docs/shell.md")));
        lines.addAll(Files.readAllLines(Workspace.ROOT.resolve("docs/emulation.md")));
        lines.addAll(Files.readAllLines(Workspace.ROOT.resolve("docs/trees.md")));
        lines.addAll(Files.readAllLines(Workspace.ROOT.resolve("README.md")));
        Map<String, String> ports = freePorts(List.of("7002", "7003", "7004", "7005"));
        Pattern port = Pattern.compile(String.join("|", ports.keySet()));
        List<String> examples = lines.stream()
                .filter(line -> line.startsWith("overlay> "))
                .map(line -> line.substring("overlay> ".length()))
                .map(line -> port.matcher(line).replaceAll(found -> ports.get(found.group())))
                .map(line -> line.replace("run/bundles/ioverlay.algo.relay-1.1.0.jar", RELAY11))
                .toList();
        assertThat(examples).contains("weights a", "measure a b --bandwidth", "measure near far --bandwidth");
        assertThat(examples).hasSizeGreaterThan(40);
        for (String example : examples) {
            Answer answer = run(example);
            assertThat(answer.err()).as(example).isEmpty();
            assertThat(answer.code()).as(example).isZero();
            assertThat(answer.out()).as(example).doesNotContain("\u001b");
        }
    }

    @Test
    void aNodeIsMadeSwappedAndLookedForByItsState() throws Exception {
        Answer answer = run("create n1 --slot 0=relay@1.0.0\n"
                + "deploy " + RELAY11 + "\n"
                + "swap n1 relay '[1.1,2)' --probation 0s\n"
                + "nodes | grep serving");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("SWITCHED");
        assertThat(answer.out().lines().toList().getLast()).startsWith("n1 ").contains("relay 1.1.0");
        container.bundle("ioverlay.algo.relay", "1.1.0").stop();
        Await.until("parked", () -> {
            try {
                return run("nodes | grep parked").out().startsWith("n1 ");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Looks again and again until a command shows a line like this. */
    private void awaitLine(String command, String pattern) {
        Await.until(command + " shows " + pattern, () -> {
            try {
                return run(command).out().lines().anyMatch(line -> line.matches(pattern));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void theNetworkOfNodesIsDrawnShownAndChangedWhileDataFlows() throws Exception {
        run("create b --slot 1=relay");
        String b = run("(status b) id").out().strip();
        run("create a --slot 1=relay --settings '{\"next\": [\"" + b + "\"]}'");
        String a = run("(status a) id").out().strip();
        run("app start b sink.counting 1\napp start a source.cbr 1 --settings '{\"bytesPerSecond\": 2000000}'");
        awaitLine("topology 1", "a  source .*out [0-9.]+ .B/s");
        awaitLine("topology 1", "└─ b  sink  in [0-9.]+ .B/s.*");
        awaitLine("links a", "down +" + b + " +open +[0-9.]+ .B/s .*");
        awaitLine("status b", "in [0-9.]+ .B/s, out 0 B/s");
        assertThat(run("topology 99").out().strip()).isEqualTo("application 99: no data passes");

        assertThat(run("bandwidth a --to b --rate 500K --latency 5ms").out()).contains("to " + b, "500.0 kB/s", "5 ms");
        assertThat(run("bandwidth b --from a --rate 900K --out 5M").out()).contains("from " + a, "900.0 kB/s");
        awaitLine("links a", "down .* 500.0 kB/s .*");
        assertThat(run("status b").out()).contains("capped: out 5.0 MB/s, 1 link emulated");
        assertThat(run("weights b a 3 --app 1").out()).contains("has the weight 3 at b for application 1");
        Answer unknown = run("bandwidth a --from b --rate 500K");
        assertThat(unknown.err())
                .startsWith("there is no link from " + b + " to emulate")
                .hasLineCount(1);
        assertThat(unknown.code()).isEqualTo(1);

        assertThat(run("measure b a").out()).startsWith("to " + a + ": round trip ");
        assertThat(run("measure b 127.0.0.1:1").err())
                .startsWith("from b to 127.0.0.1:1 nothing was measured: ")
                .hasLineCount(1);
        assertThat(run("terminate a --app 1").out()).contains("ended: application 1 at a");
        assertThat(run("terminate a,b").out()).contains("ended: a, b");
        assertThat(container.nodes().list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status n9 | there is no node 'n9'; there is: n1",
                "swap n1 relay '[7,8)' --probation 0s | 1.0.0",
                "swap n1 relay '[2,1]' --probation 0s | no version lies in the range '[2,1]'",
                "shadow n1 relay '[2,1]' --for 1s | no version lies in the range '[2,1]'",
                "create n2 --slot '0=relay@(1.0,1.0)' | no version lies in the range '(1.0,1.0)'",
                "events --kind nix | there is no kind of event 'nix'; the kinds are: algorithm.failed, application.failed,",
                "log --level loud | a level is one of ERROR, WARN, INFO, DEBUG, TRACE, not 'loud'",
                "config n9 | there is no node 'n9'; there is: n1",
                "config n1 port=7001 | node 'n1' was made by a command and has no configuration to change",
                "swap n1 rely --probation 0s | rely",
                "create n1 | n1",
                "create n2 --slot 0=nothing | nothing",
                "deploy README.md | README.md",
                "deploy no/such.jar | there is no file",
                "app start n1 no.such 7 | no.such",
                "nonsense | nonsense"
            })
    void whatIsWrongIsASentenceAndChangesNothing(String line, String part) throws Exception {
        run("create n1 --slot 0=relay");
        Answer answer = run(line + "; echo unreached");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().strip()).contains(part).hasLineCount(1).doesNotContain("Exception");
        assertThat(run("(status n1) name").out().strip()).isEqualTo("n1");
        assertThat(container.nodes().list()).hasSize(1);
    }

    @Test
    void linesGoOnAfterAFailureAndExitLeavesTheContainerRunning() throws Exception {
        try (ShellClient client = new ShellClient(data, Mode.LINES)) {
            client.type("status n9\neach [a b] {\n  echo it $it\n}\nexit\necho unreached\n");
            Answer answer = client.answer();
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.out()).contains("it a", "it b").doesNotContain("unreached");
        }
        assertThat(container.context().getBundle(0).getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    @Timeout(30)
    void theTabulatorKeyCompletesNodesAlgorithmsAndVersions() throws Exception {
        run("create node-of-mine --slot 0=relay");
        try (ShellClient client = new ShellClient(data, Mode.TERMINAL)) {
            client.type("status nod\t\r");
            client.awaitOutput("node-of-mine at 127.0.0.1");
            client.type("swap node-of-mine re\t1.0\t\r");
            client.awaitOutput("already serves relay 1.0.0");
            client.type("help rollb\t\r");
            client.awaitOutput("Usage: overlay:rollback");
            client.type("exit\r");
            assertThat(client.answer().code()).isZero();
        }
    }

    @Test
    @Timeout(30)
    void ctrlCOnProbationGoesBackAndStopsTheRest() throws Exception {
        makeTwo();
        try (ShellClient client = new ShellClient(data, Mode.TERMINAL)) {
            client.type("swap n1,n2 relay 1.1.0 --probation 60s\r");
            client.awaitOutput("Ctrl-C goes back");
            awaitServing("n1", "1.1.0");
            client.type("\u0003");
            client.awaitOutput("n1: returned in probation: ");
            client.awaitOutput("not tried: n2");
        }
        awaitServing("n1", "1.0.0");
        awaitServing("n2", "1.0.0");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    @Timeout(30)
    void aClientThatGoesAwayOnProbationIsAsGoodAsCtrlC(Mode mode) throws Exception {
        makeTwo();
        try (ShellClient client = new ShellClient(data, mode)) {
            client.type("swap n1,n2 relay 1.1.0 --probation 60s\r\n");
            switch (mode) {
                case TERMINAL -> client.awaitOutput("Ctrl-C goes back"); // what nobody reads holds it up
                case LINES -> {}
                case PROGRAM -> client.end();
            }
            awaitServing("n1", "1.1.0");
        }
        awaitServing("n1", "1.0.0");
        Await.until("the probation is over", () -> slot("n1").probationMillis() == 0);
        assertThat(slot("n1").swaps()).isZero();
        assertThat(slot("n2").version()).isEqualTo("1.0.0");
    }

    private void makeTwo() throws IOException {
        run("create n1 --slot 0=relay@1.0.0; create n2 --slot 0=relay@1.0.0; deploy " + RELAY11);
    }

    private SlotStatus slot(String node) {
        return container.nodes().status(node).orElseThrow().slots().getFirst();
    }

    private void awaitServing(String node, String version) {
        Await.until(
                node + " serves relay " + version,
                () -> slot(node).version().equals(version) && slot(node).state().equals("serving"));
    }

    @Test
    void theLogHasWhatOurBundlesLog() throws Exception {
        configureNode("wrong", Map.of("port", "seven"));
        Await.until("the line", () -> answer("log --level warn | grep wrong").contains("seven"));
        assertThat(run("log --bundle ioverlay.container").out())
                .contains("WARN   ioverlay.container  configuration ioverlay.node~wrong makes no node: ");
        assertThat(run("log").out()).doesNotContain("ServiceEvent");
        assertThat(run("(log -n 1) size").out().strip()).isEqualTo("1");
        container.bundles("org.apache.felix.log").findFirst().orElseThrow().stop();
        Answer answer = run("log");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().strip())
                .startsWith("the container keeps no log")
                .hasLineCount(1);
    }

    @Test
    void aConfigurationIsShownAndChangedAndItsNodeMadeAnew() throws Exception {
        configureNode("c", Map.of("slots", new String[] {"0=relay;versions=[1.0,2)"}));
        Await.until("the node", () -> container.nodes().status("c").isPresent());
        run("create n1");
        assertThat(run("config").out().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("c ") && line.contains("configuration"))
                .anyMatch(line -> line.startsWith("n1") && line.contains("journal"));
        assertThat(run("config c | grep slots").out().strip()).endsWith("0=relay;versions=[1.0,2)");
        Answer changed = run("config c bufferBytes=65536 'slots=0=relay' 'slots=7=relay;settings={\"deliver\":true}'");
        assertThat(changed.err()).isEmpty();
        assertThat(changed.out()).contains("65536", "7=relay;settings={");
        assertThat(container.nodes().status("c").orElseThrow().slots()).hasSize(2);
        assertThat(run("config c bufferBytes=").out()).contains("1048576");
        container
                .bundles("org.apache.felix.configadmin")
                .findFirst()
                .orElseThrow()
                .stop();
        assertThat(run("config n1 port=7001").err().strip())
                .startsWith("no configuration can be changed: there is no ConfigurationAdmin")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config c prot=1 | a node has the settings [address, applications, bufferBytes,",
                "config c bufferBytes=1 | a node's buffer has 4096 to 67108864 bytes, not '1'",
                "config c port=seven | seven",
                "config c port=1 port=2 | a node has one port, not 1 and 2",
                "config c 'slots=0=relay;versions=[2,1]' | no version lies in the range '[2,1]'",
                "config c slots=relay | 0=relay",
                "config c name=n1 | a node's name is unique in its container, and there is a 'n1'"
            })
    void aWrongChangeOfAConfigurationChangesNothing(String line, String part) throws Exception {
        configureNode("c", Map.of("slots", "0=relay"));
        Await.until("the node", () -> container.nodes().status("c").isPresent());
        run("create n1");
        long changes = changes();
        Answer answer = run(line);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err().strip()).contains(part).hasLineCount(1);
        assertThat(changes()).isEqualTo(changes);
    }

    private long changes() throws Exception {
        return container
                .configurations()
                .listConfigurations("(service.pid=ioverlay.node~c)")[0]
                .getChangeCount();
    }

    private void configureNode(String name, Map<String, Object> values) throws IOException {
        container
                .configurations()
                .getFactoryConfiguration("ioverlay.node", name, "?")
                .update(FrameworkUtil.asDictionary(values));
    }

    private String answer(String program) {
        try {
            return run(program).out();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void atMostEightShellsAreOpen() throws Exception {
        List<ShellClient> shells = new ArrayList<>();
        try {
            for (int count = 0; count < 8; count++) {
                shells.add(opened());
            }
            try (ShellClient ninth = new ShellClient(data, Mode.LINES)) {
                assertThat(ninth.answer().err()).contains("8 shells are open");
            }
        } finally {
            for (ShellClient shell : shells) {
                shell.close();
            }
        }
        Await.until("one is free", this::answers);
    }

    /** One that is in; who was in before may not have left for good when the first attempt is made. */
    private ShellClient opened() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            ShellClient shell = new ShellClient(data, Mode.LINES);
            try {
                shell.type("echo here\n");
                shell.awaitOutput("here");
                return shell;
            } catch (IOException e) {
                shell.close();
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }

    @Test
    void nobodyElseGetsIn() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not there");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is not there");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(asNobody()).startsWith("refused");
        // Even if somebody opens the file, the container asks who is there.
        Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(asNobody()).isEqualTo("read 0");
    }

    private String asNobody() throws Exception {
        String script = "use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0);"
                + "connect(S, sockaddr_un($ARGV[0])) or (print('refused') and exit);"
                + "my $got = sysread(S, my $b, 10); print 'read ', $got // 'nothing';";
        Process perl = new ProcessBuilder(
                        "/usr/bin/setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "/usr/bin/perl",
                        "-e",
                        script,
                        socket().toString())
                .start();
        assertThat(perl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new String(perl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aSocketThatADeadContainerLeftIsReplacedAndALiveOneIsNot(@TempDir Path other) throws Exception {
        Path left = other.resolve("shell.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(left))
                .close();
        assertThat(left).exists();
        data = other;
        listen();
        try (LiveContainer second = LiveContainer.with(Jars.others("org.apache.felix.gogo.runtime"))) {
            for (String artifact : List.of("org.apache.felix.gogo.jline", "jline", "picocli")) {
                second.context().installBundle(Jars.others(artifact).toUri().toString());
            }
            second.context()
                    .installBundle(Jars.ours("ioverlay.shell").toUri().toString())
                    .start();
            configure(second, other);
            run("create first");
            assertThat(run("(status first) name").out().strip()).isEqualTo("first");
        }
        assertThat(run("(status first) name").out().strip()).isEqualTo("first");
    }
}
