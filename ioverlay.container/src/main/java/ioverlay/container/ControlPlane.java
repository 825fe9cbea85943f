package ioverlay.container;

import ioverlay.api.Message;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.Swaps;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The component behind the services of a container; it only passes calls on. */
@Component(
        immediate = true,
        service = {Nodes.class, Swaps.class, Repository.class, Events.class})
public final class ControlPlane implements Nodes, Swaps, Repository, Events {
    private final Container container;

    /**
     * Opens the data plane.
     *
     * @throws IOException if the system gives no selector
     */
    @Activate
    public ControlPlane(BundleContext context) throws IOException {
        container = new Container(context);
    }

    /** Ends every node, and every thread. */
    @Deactivate
    public void close() {
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
    public void tell(String node, Message message) {
        container.nodes().tell(node, message);
    }

    @Override
    public CompletableFuture<SwapResult> swap(SwapRequest request) {
        return container.swaps().swap(request);
    }

    @Override
    public List<Offer> add(URI location) {
        return container.repository().add(location);
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
