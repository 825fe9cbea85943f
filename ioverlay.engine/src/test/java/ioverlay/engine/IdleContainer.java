package ioverlay.engine;

import com.sun.management.OperatingSystemMXBean;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** A process of its own for {@link IdleTest}: eight nodes, linked in a ring, that have nothing to do. */
final class IdleContainer {
    private static final int NODES = 8;
    private static final Content CONTENT = Content.of(1_000);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration MEASURE = Duration.ofSeconds(10);

    private IdleContainer() {}

    /** Prints the links that are open at the end, and the CPU time and the time that passed, in nanoseconds. */
    public static void main(String[] args) {
        try (Testbed testbed = Testbed.open()) {
            Node[] nodes = new Node[NODES];
            for (int i = 0; i < NODES; i++) {
                nodes[i] = testbed.node("n" + i);
            }
            for (int i = 0; i < NODES; i++) {
                int application = i + 1;
                Node next = nodes[(i + 1) % NODES];
                Testbed.serve(next, application, Forwarder.delivering());
                Testbed.serve(nodes[i], Forwarder.to(next.id()));
                keepLinks(nodes[i]);
                CheckingSink sink = Testbed.attach(next, application, new CheckingSink(CONTENT));
                NumberedSource source = NumberedSource.of(CONTENT, 10);
                Testbed.attach(nodes[i], application, source);
                Await.until("the link is used once", () -> sink.received() == 10);
                detach(nodes[i], application);
            }
            Await.passes(SETTLE);
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long before = system.getProcessCpuTime();
            long wallNs = Await.passes(MEASURE);
            long cpuNs = system.getProcessCpuTime() - before;
            int links = 0;
            for (Node node : nodes) {
                links += node.status().downstreams().size();
            }
            System.out.println(links + " " + cpuNs + " " + wallNs);
        }
    }

    private static void keepLinks(Node node) {
        Message request = Message.builder(node.id(), MessageType.SET_GRACE)
                .sequence(Header.params(600_000, 0))
                .build();
        node.engine().send(request, node.id());
    }

    private static void detach(Node node, int application) {
        try {
            node.detach(application);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
