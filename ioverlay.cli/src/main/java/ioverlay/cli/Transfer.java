package ioverlay.cli;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.Nodes;
import java.nio.file.Path;
import java.util.List;

/**
 * The file on its way from the first node to all others: starts the applications and reads how far they are.
 *
 * <p><b>Threads:</b> one.
 */
final class Transfer {
    private final Nodes nodes;
    private final Tree tree;
    private final FileApplications applications;

    /**
     * Takes what it needs; starts nothing.
     *
     * @param applications what is sent, and where the copies go
     */
    Transfer(Nodes nodes, Tree tree, FileApplications applications) {
        this.nodes = nodes;
        this.tree = tree;
        this.applications = applications;
    }

    /** Starts the sinks, then the source. */
    void begin() {
        tree.receivers().forEach(node -> nodes.start(node, applications.sink(node)));
        nodes.start(Tree.name(Tree.ROOT), applications.source());
    }

    /** How much of the file the source has sent. */
    long sentBytes() {
        return FileApplications.bytes(source());
    }

    /**
     * Reads where everybody is, which takes a busy node a while.
     *
     * @param between is done between any two nodes
     * @throws FailedException if an application has failed, with what it threw
     */
    Moment look(Runnable between) {
        ApplicationStatus source = healthy(Tree.name(Tree.ROOT));
        List<Moment.Receiver> receivers = tree.receivers().stream()
                .map(node -> {
                    between.run();
                    ApplicationStatus sink = healthy(node);
                    return new Moment.Receiver(node, FileApplications.bytes(sink), FileApplications.isOver(sink));
                })
                .toList();
        return new Moment(FileApplications.bytes(source), FileApplications.hasSent(source), receivers);
    }

    /** Counts what became of the source's messages. */
    Messages messages() {
        long sent = FileApplications.messages(source());
        long delivered = 0;
        long duplicated = 0;
        long reordered = 0;
        for (String node : tree.receivers()) {
            ApplicationStatus sink = application(node);
            delivered += FileApplications.messages(sink);
            duplicated += FileApplications.duplicated(sink);
            reordered += FileApplications.reordered(sink);
        }
        return new Messages(sent * tree.receivers().size(), delivered, duplicated, reordered);
    }

    /** Whether the node's own check found its copy to be the file. */
    boolean saysIntact(String node) {
        return FileApplications.intact(application(node));
    }

    /** Why the node gave up, or the empty text. */
    String failure(String node) {
        return FileApplications.failure(application(node));
    }

    Path copy(String node) {
        return applications.copy(node);
    }

    private ApplicationStatus source() {
        return application(Tree.name(Tree.ROOT));
    }

    private ApplicationStatus healthy(String node) {
        ApplicationStatus application = application(node);
        if (application.state().equals("failed")) {
            throw new FailedException(application.type() + " at " + node + " failed: " + application.failure());
        }
        return application;
    }

    private ApplicationStatus application(String node) {
        NodeStatus status = nodes.status(node).orElseThrow(() -> new FailedException("the node " + node + " is gone"));
        return status.applications().stream()
                .filter(one -> one.application() == Grove.APPLICATION)
                .findFirst()
                .orElseThrow(() -> new FailedException("the application at " + node + " is gone"));
    }
}
