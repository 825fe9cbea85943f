package ioverlay.io.probe;

import ioverlay.api.NodeId;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;

/**
 * The other side of a {@link Probe}: echoes are repeated and trains are taken, one train at a time per node.
 *
 * <p><b>Threads:</b> {@link #answer} blocks the thread of its connection; whoever calls it closes the channel at the
 * deadline.
 */
public final class Probed {
    /** The most questions of one connection. */
    static final int MOST_QUESTIONS = 128;

    private final Semaphore trains = new Semaphore(1);

    /** No train is under way. */
    public Probed() {}

    /** Answers until the prober is done, says what no prober says, or the connection is broken. */
    public void answer(SocketChannel channel, NodeId self, NodeId peer, Conditions conditions) {
        Frames frames = new Frames(channel, self);
        try {
            for (int i = 0; i < MOST_QUESTIONS; i++) {
                switch (frames.read()) {
                    case LinkType.ECHO ->
                        repeat(frames, conditions.of(peer, true, 0).latencyNs());
                    case LinkType.TRAIN -> train(frames, peer, conditions);
                    default -> {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            return; // the prober is gone, or broke a rule: the connection ends
        }
    }

    private static void repeat(Frames frames, long latencyNs) throws IOException {
        long number = frames.sequence();
        frames.await(System.nanoTime() + latencyNs, false);
        frames.write(LinkType.ECHO_REPLY, number);
    }

    private void train(Frames frames, NodeId peer, Conditions conditions) throws IOException {
        if (!trains.tryAcquire()) {
            Train.busy(frames);
            return;
        }
        try {
            Train.take(frames, peer, conditions);
        } finally {
            trains.release();
        }
    }
}
