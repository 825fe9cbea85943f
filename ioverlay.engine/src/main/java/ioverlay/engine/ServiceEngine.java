package ioverlay.engine;

import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.io.message.Call;
import java.util.concurrent.atomic.AtomicInteger;

/** The node's engine as an OSGi service: takes sends from any thread and lets them start at the node, bounded. */
final class ServiceEngine implements Engine {
    /** Sends that wait for the turn; one more is refused. */
    static final int MAX_WAITING = 1024;

    private final Switch node;
    private final AtomicInteger waiting = new AtomicInteger();

    ServiceEngine(Switch node) {
        this.node = node;
    }

    @Override
    public void send(Message message, NodeId... destinations) {
        Call.check(message, node.self(), destinations);
        Message own = message.copy(); // the caller may be an algorithm whose message ends with its call
        NodeId[] to = destinations.clone();
        if (to.length > MAX_SENDS_PER_CALL) {
            throw new IllegalStateException(
                    "one call sends at most " + MAX_SENDS_PER_CALL + " messages, not " + to.length);
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw new IllegalStateException("at most " + MAX_WAITING + " sends wait for the node's turn");
        }
        node.post(() -> {
            waiting.decrementAndGet();
            node.dispatcher().originate(own, to);
        });
    }
}
