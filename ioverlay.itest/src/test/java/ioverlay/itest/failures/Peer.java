package ioverlay.itest.failures;

import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.engine.DataPlane;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A node in a process of its own, made to be killed, stopped and cut off. Says where it is and what its algorithm hears;
 * takes commands: {@code stream NODE BYTES_PER_SECOND} sends {@link #UP} there, {@code shut} takes nothing of
 * {@link #DOWN} any more. Ends with its input, so that nothing of it outlives the test.
 *
 * <p>Arguments: a loopback address; the inactivity time in milliseconds.
 */
final class Peer {
    /** What peers send. */
    static final int UP = 7;

    /** What peers are sent. */
    static final int DOWN = 8;

    /** How a notice names the two directions. */
    static final int UPSTREAM = 1;

    static final int DOWNSTREAM = 2;

    static final int PAYLOAD = 1_000;

    private Peer() {}

    public static void main(String[] arguments) throws Exception {
        try (DataPlane plane = DataPlane.open();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Station station = Station.open(
                    plane,
                    "peer",
                    arguments[0],
                    Integer.parseInt(arguments[1]),
                    Emulation.NONE,
                    heard -> say("HEARD " + heard.line()));
            Sink sink = station.attach(DOWN, new Sink());
            say("AT " + station.id());
            boolean streaming = false;
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("shut")) {
                    sink.shut();
                    continue;
                }
                station.relay(UP, NodeId.parse(words[1]));
                if (!streaming) {
                    station.attach(UP, new Stream(PAYLOAD, Long.parseLong(words[2])));
                    streaming = true;
                }
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
