package ioverlay.agent;

import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Replies;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks all nodes what they do, each on a virtual thread of its own, so that one that is stuck holds up no other.
 *
 * <p><b>Threads:</b> any; it waits.
 */
final class Statuses implements AutoCloseable {
    /** How long all of them together may take; who does not answer is only said to be there. */
    static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(2);

    private static final Logger LOG = System.getLogger(Statuses.class.getName());

    /** What all documents may take together. */
    private static final int MOST_BYTES = Replies.MOST_BYTES - 64;

    /** The least that one document may take, where there are very many. */
    private static final int LEAST_BYTES = 8 << 10;

    private final Nodes nodes;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("overlay-agent-status-", 0).factory());

    Statuses(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * The answer to {@code statuses}, as text.
     *
     * @param names of the nodes, by id
     */
    byte[] of(Map<NodeId, String> names) throws InterruptedException {
        int most = Math.clamp(MOST_BYTES / Math.max(1, names.size()), LEAST_BYTES, Frame.MAX_PAYLOAD);
        Map<NodeId, Future<Optional<NodeStatus>>> asked = new LinkedHashMap<>();
        long deadline = System.nanoTime() + LIMIT_NS;
        names.forEach((id, name) -> asked.put(id, threads.submit(() -> nodes.status(name))));
        ByteArrayOutputStream text = new ByteArrayOutputStream(names.size() << 11);
        text.writeBytes(utf8("{\"result\":["));
        String comma = "";
        for (Map.Entry<NodeId, Future<Optional<NodeStatus>>> each : asked.entrySet()) {
            byte[] document = document(within(deadline, each.getKey(), each.getValue()), each.getKey(), most);
            if (document.length > 0) {
                text.writeBytes(utf8(comma));
                text.writeBytes(document);
                comma = ",";
            }
        }
        text.writeBytes(utf8("]}"));
        return text.toByteArray();
    }

    /** What it said; that it is there, where it did not answer; nothing, where it has ended. */
    private static byte[] document(Optional<Optional<NodeStatus>> said, NodeId id, int most) {
        return said.isEmpty()
                ? utf8("{\"id\":\"" + id + "\"}")
                : said.get().map(status -> status.toJson(most)).orElseGet(() -> new byte[0]);
    }

    private static Optional<Optional<NodeStatus>> within(long deadline, NodeId id, Future<Optional<NodeStatus>> answer)
            throws InterruptedException {
        try {
            return Optional.of(answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException e) {
            answer.cancel(true);
            LOG.log(Level.DEBUG, "node {0} does not say what it does: {1}", id, e);
            return Optional.empty();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Interrupts what is under way. Idempotent. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
