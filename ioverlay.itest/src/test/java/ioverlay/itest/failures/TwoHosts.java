package ioverlay.itest.failures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces of this machine, each with one interface, on a switch in a third. When a cable is pulled the
 * switch drops what comes: both interfaces stay up and nobody is told, as when a cable further away is cut.
 *
 * <p>The addresses are loopback ones, since a node listens at no others until links are encrypted: the namespaces have no
 * loopback interface that would claim them, and their interfaces are told to route them.
 */
final class TwoHosts implements AutoCloseable {
    static final String FIRST = "127.9.0.1";
    static final String SECOND = "127.9.0.2";

    private static final long LIMIT_S = 20;

    private final String name = "ioverlay" + ProcessHandle.current().pid();

    TwoHosts() throws IOException {
        try {
            for (String host : List.of("switch", "first", "second")) {
                run("ip", "netns", "add", name + host);
            }
            run("ip", "-n", name + "switch", "link", "add", "bridge", "type", "bridge");
            run("ip", "-n", name + "switch", "link", "set", "bridge", "up");
            host("first", FIRST);
            host("second", SECOND);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void host(String host, String address) throws IOException {
        String there = name + host;
        run("ip", "-n", name + "switch", "link", "add", host, "type", "veth", "peer", "name", "cable", "netns", there);
        plug(host);
        run("ip", "-n", name + "switch", "link", "set", host, "up");
        String routeIt = "echo 1 > /proc/sys/net/ipv4/conf/cable/route_localnet";
        run("ip", "netns", "exec", there, "sh", "-c", routeIt);
        run("ip", "-n", there, "address", "add", address + "/24", "scope", "global", "dev", "cable");
        run("ip", "-n", there, "link", "set", "cable", "up");
    }

    /** Why there can be none here; empty if there can. */
    static String obstacle() throws IOException {
        boolean root = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
        if (!root) {
            return "network namespaces are made by root, which this is not";
        }
        return Files.isExecutable(Path.of("/sbin/ip")) || Files.isExecutable(Path.of("/usr/sbin/ip"))
                ? ""
                : "there is no command ip (Debian: iproute2)";
    }

    /** What starts a process at the first host. */
    String[] atFirst() {
        return new String[] {"ip", "netns", "exec", name + "first"};
    }

    String[] atSecond() {
        return new String[] {"ip", "netns", "exec", name + "second"};
    }

    /** From now on the switch drops what the second host sends, and what is for it. */
    void pull() throws IOException {
        run("ip", "-n", name + "switch", "link", "set", "second", "nomaster");
    }

    void plug() throws IOException {
        plug("second");
    }

    private void plug(String host) throws IOException {
        run("ip", "-n", name + "switch", "link", "set", host, "master", "bridge");
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!ended(process) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** An interface goes with its namespace. */
    @Override
    public void close() throws IOException {
        for (String host : List.of("first", "second", "switch")) {
            if (Files.exists(Path.of("/run/netns", name + host))) {
                run("ip", "netns", "delete", name + host);
            }
        }
    }
}
