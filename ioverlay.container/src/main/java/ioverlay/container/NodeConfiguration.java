package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.container.Events.Subscription;
import ioverlay.api.container.RefusedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Makes a node for each configuration {@code ioverlay.node~NAME}; a changed one makes it anew, a deleted one ends it. */
@Component(
        service = {},
        configurationPid = NodeValues.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NodeSettings.class, factory = true)
public final class NodeConfiguration {
    private static final Logger LOG = System.getLogger(NodeConfiguration.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** As {@code ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED}. */
    private static final int CONFIGURATION_DELETED = 4;

    private final ConfigurationDesk desk;
    private final Optional<ConfiguredNode> node;
    private final Subscription freed;

    /** Begins to make the node, or says in one line what is wrong with the configuration. */
    @Activate
    public NodeConfiguration(@Reference ConfigurationDesk desk, Map<String, Object> values) {
        this.desk = desk;
        node = begin(desk, values);
        freed = desk.whenFreed(() -> node.ifPresent(ConfiguredNode::arrived));
    }

    private static Optional<ConfiguredNode> begin(ConfigurationDesk desk, Map<String, Object> values) {
        String pid = String.valueOf(values.get("service.pid"));
        try {
            NodeValues wanted = NodeValues.of(values);
            return Optional.of(new ConfiguredNode(pid, wanted, desk.nodes(wanted), desk, GRACE));
        } catch (RefusedException e) {
            LOG.log(Level.WARNING, "configuration {0} makes no node: {1}", pid, Reason.of(e));
            desk.refused(pid, "", Reason.of(e));
            return Optional.empty();
        }
    }

    /** Ends the node; if its configuration was deleted, for good. */
    @Deactivate
    public void close(int reason) {
        freed.close();
        node.ifPresent(ConfiguredNode::close);
        if (reason == CONFIGURATION_DELETED) {
            node.ifPresent(gone -> desk.forget(gone.name()));
        }
    }

    /** An algorithm has arrived. */
    @Reference(service = Algorithm.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAlgorithm(ServiceReference<Algorithm> arrived) {
        node.ifPresent(ConfiguredNode::arrived);
    }

    /** Its slots are parked by {@link Attendance}. */
    void unbindAlgorithm(ServiceReference<Algorithm> gone) {}

    /** An application has arrived. */
    @Reference(
            service = Application.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindApplication(ServiceReference<Application> arrived) {
        node.ifPresent(ConfiguredNode::arrived);
    }

    /** It is stopped by {@link Attendance}. */
    void unbindApplication(ServiceReference<Application> gone) {}
}
