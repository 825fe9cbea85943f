package ioverlay.agent;

import ioverlay.agent.line.Opening;
import ioverlay.api.NodeId;
import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import java.io.File;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The agent of this container, with the configuration {@code ioverlay.agent}. */
@Component(
        service = {},
        configurationPid = AgentService.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = AgentSettings.class)
public final class AgentService {
    static final String PID = "ioverlay.agent";

    private static final Logger LOG = System.getLogger(AgentService.class.getName());

    private final BundleContext context;
    private final Agent agent;

    /** Begins to dial. A wrong address is a line in the log, and then only nodes with an observer of their own register. */
    @Activate
    public AgentService(
            BundleContext context,
            Map<String, Object> values,
            @Reference Nodes nodes,
            @Reference Network network,
            @Reference Swaps swaps,
            @Reference Repository repository,
            @Reference Events events) {
        this.context = context;
        Services services = new Services(nodes, network, swaps, repository, events);
        ProcessHandle process = ProcessHandle.current();
        Opening opening = Opening.of(
                UUID.randomUUID().toString().substring(0, 13),
                Hosts.name(),
                process.pid(),
                Runtime.version().toString(),
                process.info().startInstant().orElseGet(Instant::now).toString());
        agent = new Agent(services, opening, observer(values), directory(context));
    }

    private static Optional<NodeId> observer(Map<String, Object> values) {
        String text = String.valueOf(values.getOrDefault("observer", "")).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            NodeId address = NodeId.parse(text);
            if (address.socketAddress().getAddress().isLoopbackAddress()) {
                return Optional.of(address);
            }
            LOG.log(
                    Level.WARNING,
                    "configuration {0}: an observer''s address is a loopback one until lines are encrypted, not {1}",
                    PID,
                    text);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "configuration {0}, observer: {1}", PID, e.getMessage());
        }
        return Optional.empty();
    }

    private static Path directory(BundleContext context) {
        File file = context.getDataFile("transfers");
        return file == null
                ? Path.of(System.getProperty("java.io.tmpdir"), "overlay-transfers-" + UUID.randomUUID())
                : file.toPath();
    }

    /** Ends every line. Where the whole container ends, observers are told that its nodes do. */
    @Deactivate
    public void close() {
        if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING) {
            agent.leave();
        }
        agent.close();
    }
}
