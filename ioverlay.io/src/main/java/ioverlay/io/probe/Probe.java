package ioverlay.io.probe;

import ioverlay.api.NodeId;
import ioverlay.io.opening.Dialler;
import ioverlay.io.shared.Clock;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.OptionalDouble;
import java.util.concurrent.Future;

/**
 * Measures the way to any node, also one that this node has no link to: a short connection, a few echoes that the other
 * side's own thread answers, the least of them, and a {@link Train} if the bandwidth is wanted.
 *
 * <p><b>Threads:</b> {@link #measure} blocks its caller, at most twice as long as an opening may take.
 */
public final class Probe {
    private static final int ECHOES = 3;

    /** Of a way as slow as that, one round trip tells enough, and more would not come in time. */
    private static final long SLOW_NS = 1_000_000_000;

    /** Of an opening's time: the answer is there in time. */
    private static final double WITHOUT_BANDWIDTH = 0.95;

    private static final double WITH_BANDWIDTH = 1.6;

    /** For another measurement of a bandwidth to end: each takes a fraction of a second, or fails. */
    private static final double WAIT_FOR_ANOTHER = 0.3;

    private static final SecureRandom NUMBERS = new SecureRandom();

    private final Dialler dialler;
    private final Clock clock;

    /** Makes connections with this dialler. */
    public Probe(Dialler dialler, Clock clock) {
        this.dialler = dialler;
        this.clock = clock;
    }

    /** How long a bandwidth may wait until another is measured, so that both times are less than two openings. */
    long turnMs() {
        return (long) (WAIT_FOR_ANOTHER * dialler.openMs());
    }

    /**
     * What was found.
     *
     * @param roundTripMicros the least of a few
     * @param bytesPerSecond empty if it was not asked for
     */
    public record Findings(double roundTripMicros, OptionalDouble bytesPerSecond) {}

    /**
     * Measures.
     *
     * @param mine how this node introduces itself, as a probe
     * @param bandwidth whether the available bandwidth is wanted, too
     * @throws IOException a sentence that names the peer: it cannot be dialled, does not answer in time, or answers what
     *     cannot be
     */
    public Findings measure(NodeId peer, Hello mine, boolean bandwidth, Conditions conditions) throws IOException {
        long mostMs = (long) ((bandwidth ? WITH_BANDWIDTH : WITHOUT_BANDWIDTH) * dialler.openMs());
        try (SocketChannel channel = SocketChannel.open()) {
            Future<?> deadline = Channels.closeAfter(mostMs, channel, clock);
            try {
                dialler.connect(channel, peer, mine);
                return measure(new Frames(channel, mine.node()), peer, bandwidth, conditions);
            } catch (ClosedChannelException e) {
                throw new IOException(peer + " cannot be measured: no answer within " + mostMs + " ms", e);
            } finally {
                deadline.cancel(false);
            }
        }
    }

    private static Findings measure(Frames frames, NodeId peer, boolean bandwidth, Conditions conditions)
            throws IOException {
        try {
            long latencyNs = conditions.of(peer, true, 0).latencyNs();
            long leastNs = Long.MAX_VALUE;
            for (int i = 0; i < ECHOES && (i == 0 || leastNs < SLOW_NS); i++) {
                leastNs = Math.min(leastNs, roundTripNs(frames, latencyNs));
            }
            OptionalDouble rate =
                    bandwidth ? OptionalDouble.of(Train.send(frames, peer, conditions)) : OptionalDouble.empty();
            return new Findings(leastNs / 1_000.0, rate);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(peer + " cannot be measured: " + e.getMessage(), e);
        }
    }

    private static long roundTripNs(Frames frames, long latencyNs) throws IOException {
        long number = NUMBERS.nextLong(); // so that nobody answers before the question
        long start = System.nanoTime();
        frames.await(start + latencyNs, false);
        frames.write(LinkType.ECHO, number);
        frames.expect(LinkType.ECHO_REPLY);
        long took = System.nanoTime() - start;
        if (frames.sequence() != number) {
            throw new IOException("an echo was answered with another number");
        }
        return took;
    }
}
