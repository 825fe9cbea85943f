package ioverlay.itest.failures;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.NodeId;
import ioverlay.itest.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A {@link Peer} as the test holds it. */
final class Remote implements AutoCloseable {
    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Writer commands;

    private Remote(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        Thread.ofVirtual().name("remote-reader").start(this::read);
    }

    /** Starts one; {@link #id} waits until it is there. */
    static Remote start(String address, int inactivityMs, String... within) throws IOException {
        List<String> command = new ArrayList<>(List.of(within));
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Peer.class.getName(),
                address,
                String.valueOf(inactivityMs)));
        return new Remote(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException e) {
            lines.add("unread: " + e.getMessage());
        }
    }

    private List<String> said(String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    NodeId id() {
        Await.until("the peer says where it is", () -> !said("AT").isEmpty());
        return NodeId.parse(said("AT").getFirst());
    }

    void tell(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    List<Heard> heard(int type, int how) {
        return said("HEARD").stream()
                .map(Heard::of)
                .filter(one -> one.type() == type && one.how() == how)
                .toList();
    }

    /** Waits until its algorithm has heard so many of them; the last. */
    Heard await(int type, int how, int times) {
        Await.until(
                "the peer hears 0x" + Integer.toHexString(type),
                () -> heard(type, how).size() >= times);
        return heard(type, how).getLast();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGSTOP. */
    void stop() throws Exception {
        signal("-STOP");
    }

    /** SIGCONT. */
    void goOn() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
