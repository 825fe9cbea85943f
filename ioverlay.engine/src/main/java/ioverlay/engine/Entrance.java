package ioverlay.engine;

import ioverlay.api.NodeId;
import ioverlay.io.counts.Count;
import ioverlay.io.opening.Opener;
import ioverlay.io.probe.Probed;
import ioverlay.io.shared.Clock;
import ioverlay.io.threads.Threads;
import ioverlay.io.wire.Hello;
import java.nio.channels.SocketChannel;

/**
 * Where upstreams come in: what knocks at the node's port is counted, what opens becomes a link.
 *
 * <p><b>Threads:</b> any.
 */
final class Entrance implements Opener {
    private final Switch node;
    private final Clock clock;
    private final long stallMs;
    private final long settleMs;
    private final Probed probed = new Probed();

    Entrance(Switch node, Clock clock, long stallMs, long settleMs) {
        this.node = node;
        this.clock = clock;
        this.stallMs = stallMs;
        this.settleMs = settleMs;
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public NodeId self() {
        return node.self();
    }

    @Override
    public Hello hello(byte role) {
        return node.hello(role);
    }

    @Override
    public Hello welcome(Hello theirs) {
        Hello mine = node.hello(theirs.role());
        return mine.granting(node.caps().firstWindow(theirs, mine.dataWindow()), theirs);
    }

    @Override
    public Threads threads() {
        return node.threads();
    }

    @Override
    public void accepted() {
        node.counters().add(Count.CONNECTIONS_ACCEPTED);
    }

    @Override
    public void refused() {
        node.counters().add(Count.CONNECTIONS_REFUSED);
    }

    @Override
    public void silent() {
        node.counters().add(Count.CONNECTIONS_SILENT);
    }

    @Override
    public void probed(NodeId peer, SocketChannel channel) {
        probed.answer(channel, node.self(), peer, node.caps().conditions());
    }

    @Override
    public void opened(NodeId peer, Hello welcome, SocketChannel channel, Runnable over) {
        new InLink(node, peer, welcome, channel, clock, stallMs, settleMs).receive(over);
    }
}
