package ioverlay.io.probe;

import ioverlay.api.NodeId;
import ioverlay.api.container.Measurement;
import ioverlay.io.threads.Threads;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures the way to any node, for algorithms and for the control plane; how many at a time is bounded.
 *
 * <p><b>Threads:</b> {@link #measure(NodeId, boolean)} blocks its caller; asked for an answer later, it measures on a
 * virtual thread.
 */
public final class Prober {
    /** Measurements of one node at a time. */
    public static final int MAX_AT_ONCE = 8;

    private final Probe probe;
    private final Threads threads;
    private final Supplier<Hello> hello;
    private final Conditions conditions;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    /** One train at a time: two would measure each other. */
    private final Semaphore train = new Semaphore(1);

    /**
     * Measures for one node.
     *
     * @param hello how it introduces itself, as a probe
     */
    public Prober(Probe probe, Threads threads, Supplier<Hello> hello, Conditions conditions) {
        this.probe = probe;
        this.threads = threads;
        this.hello = hello;
        this.conditions = conditions;
    }

    /**
     * Measures and answers later.
     *
     * @param answer told once, by another thread, unless the node closes
     */
    public void measure(NodeId peer, boolean bandwidth, Consumer<Measurement> answer) {
        if (!threads.start("probe-" + peer, () -> answer.accept(measure(peer, bandwidth)))) {
            answer.accept(failed(peer, "the node closes"));
        }
    }

    /** Measures: what was found, or a sentence why not. */
    public Measurement measure(NodeId peer, boolean bandwidth) {
        if (!places.tryAcquire()) {
            return failed(peer, "at most " + MAX_AT_ONCE + " measurements run at once");
        }
        try {
            return bandwidth ? alone(peer) : probe(peer, false);
        } finally {
            places.release();
        }
    }

    private Measurement alone(NodeId peer) {
        try {
            if (!train.tryAcquire(probe.turnMs(), TimeUnit.MILLISECONDS)) {
                return failed(peer, "another measurement of a bandwidth is under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(peer, "interrupted while another measurement was under way");
        }
        try {
            return probe(peer, true);
        } finally {
            train.release();
        }
    }

    private Measurement probe(NodeId peer, boolean bandwidth) {
        try {
            Probe.Findings found = probe.measure(peer, hello.get(), bandwidth, conditions);
            return new Measurement(peer, OptionalDouble.of(found.roundTripMicros()), found.bytesPerSecond(), "");
        } catch (IOException e) {
            return failed(peer, String.valueOf(e.getMessage()));
        }
    }

    private static Measurement failed(NodeId peer, String why) {
        return new Measurement(peer, OptionalDouble.empty(), OptionalDouble.empty(), why);
    }
}
