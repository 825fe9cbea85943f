package ioverlay.container;

import ioverlay.api.Message;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.RefusedException;
import ioverlay.container.journal.NodeEntry;
import ioverlay.container.journal.Records;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes as one configuration makes them. The journal does not bring such a node back, its configuration does; but as
 * long as that says the same as then, the node gets its port again, and each slot the version it was switched to.
 *
 * <p><b>Threads:</b> any.
 */
final class NodesByConfiguration implements Nodes {
    private final NodeFactory factory;
    private final NodeValues values;
    private final Restart restart;
    private final DesiredState desired;
    private final String configuration;

    NodesByConfiguration(NodeFactory factory, NodeValues values, Restart restart, DesiredState desired) {
        this.factory = factory;
        this.values = values;
        this.restart = restart;
        this.desired = desired;
        configuration = Records.configuration(values.spec(), values.applications());
    }

    @Override
    public NodeStatus create(NodeSpec spec) {
        Optional<NodeEntry> remembered =
                desired.node(spec.name()).filter(entry -> entry.configuration().equals(configuration));
        if (remembered.isEmpty()) {
            return factory.make(spec, factory.highest(), List.of(), made -> desired.made(configured(made)));
        }
        try {
            NodeStatus made = restart.bring(remembered.get());
            remembered.get().applications().values().stream()
                    .filter(application -> values.applications().stream()
                            .noneMatch(configured -> configured.application() == application.application()))
                    .forEach(application -> restart.start(spec.name(), application));
            return made;
        } catch (RefusedException e) {
            // The configuration asks for any port, so it is not wrong if the one it had is not free again yet.
            throw spec.port() == 0 ? new RefusedException(Reason.of(e), new NotHereException(spec.name())) : e;
        }
    }

    private NodeEntry configured(NodeEntry made) {
        return new NodeEntry(made.spec(), configuration, made.slots(), Map.of());
    }

    @Override
    public void start(String node, ApplicationSpec application) {
        factory.attach(node, application);
    }

    @Override
    public void remove(String node) {
        factory.end(node);
    }

    @Override
    public void stop(String node, int application) {
        factory.stop(node, application);
    }

    @Override
    public List<NodeStatus> list() {
        return factory.list();
    }

    @Override
    public Optional<NodeStatus> status(String node) {
        return factory.status(node);
    }

    @Override
    public List<String> applicationTypes() {
        return factory.applicationTypes();
    }

    @Override
    public void tell(String node, Message message) {
        factory.tell(node, message);
    }

    @Override
    public String toString() {
        return values.spec().name();
    }
}
