package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.Network;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.Swaps;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The component behind the services of a container; it only passes calls on. */
@Capability( // registered by hand, so bnd does not see it
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"ioverlay.container.ConfigurationDesk\"",
        effective = "active")
@Component(
        immediate = true,
        service = {Nodes.class, Network.class, Swaps.class, Repository.class, Events.class})
public final class ControlPlane implements Nodes, Network, Swaps, Repository, Events {
    /**
     * Framework property: how long a swap may take until the new version has said yes, in milliseconds, 100 to 600000;
     * 20000 where it is missing. A version that hangs longer is refused.
     */
    public static final String SWAP_LIMIT_PROPERTY = "ioverlay.swap.limit.ms";

    /**
     * Framework property: how long one call of an algorithm may take until its thread is interrupted, in milliseconds,
     * 100 to 600000; 2000 where it is missing. At a twentieth of it the call is reported, at 1.1 times it is cancelled, at
     * 1.5 times its thread is left behind.
     */
    public static final String TURN_LIMIT_PROPERTY = "ioverlay.turn.limit.ms";

    private static final Logger LOG = System.getLogger(ControlPlane.class.getName());

    private final Container container;
    private final ServiceRegistration<ConfigurationDesk> configurations;

    /**
     * Opens the data plane.
     *
     * @throws IOException if the system gives no selector
     */
    @Activate
    public ControlPlane(BundleContext context) throws IOException {
        container = new Container(context, TimeLimits.of(context));
        configurations = context.registerService(
                ConfigurationDesk.class, container.desk(), FrameworkUtil.asDictionary(Map.of()));
    }

    /** Ends every node, and every thread. */
    @Deactivate
    public void close() {
        try {
            configurations.unregister();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the bundle's services are gone already");
        }
        container.close();
    }

    @Override
    public NodeStatus create(NodeSpec spec) {
        return container.nodes().create(spec);
    }

    @Override
    public void remove(String node) {
        container.nodes().remove(node);
    }

    @Override
    public void kill(String node) {
        container.nodes().kill(node);
    }

    @Override
    public List<NodeStatus> list() {
        return container.nodes().list();
    }

    @Override
    public Optional<NodeStatus> status(String node) {
        return container.nodes().status(node);
    }

    @Override
    public void start(String node, ApplicationSpec application) {
        container.nodes().start(node, application);
    }

    @Override
    public void stop(String node, int application) {
        container.nodes().stop(node, application);
    }

    @Override
    public List<String> applicationTypes() {
        return container.nodes().applicationTypes();
    }

    @Override
    public void tell(String node, Message message) {
        container.nodes().tell(node, message);
    }

    @Override
    public Emulation emulate(String node, JsonObject change) {
        return container.network().emulate(node, change);
    }

    @Override
    public Measurement measure(String node, NodeId peer, boolean bandwidth) {
        return container.network().measure(node, peer, bandwidth);
    }

    @Override
    public void weigh(String node, int application, NodeId upstream, int weight) {
        container.network().weigh(node, application, upstream, weight);
    }

    @Override
    public CompletableFuture<SwapResult> swap(SwapRequest request, Consumer<SwapPhase> progress) {
        return container.swaps().swap(request, progress);
    }

    @Override
    public CompletableFuture<SwapResult> rollback(String node, int application, String id) {
        return container.swaps().rollback(node, application, id);
    }

    @Override
    public ShadowRun shadow(ShadowRequest request) {
        return container.swaps().shadow(request);
    }

    @Override
    public List<String> why(String node, int application) {
        return container.swaps().why(node, application);
    }

    @Override
    public List<Offer> add(URI location) {
        return container.repository().add(location);
    }

    @Override
    public List<Offer> add(URI location, String sha256) {
        return container.repository().add(location, sha256);
    }

    @Override
    public List<Retired> retired() {
        return container.repository().retired();
    }

    @Override
    public List<String> why(String bundle) {
        return container.repository().why(bundle);
    }

    @Override
    public List<Offer> algorithms() {
        return container.repository().algorithms();
    }

    @Override
    public List<Event> recent() {
        return container.events().recent();
    }

    @Override
    public Subscription subscribe(Consumer<Event> listener) {
        return container.events().subscribe(listener);
    }
}
