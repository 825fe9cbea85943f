package ioverlay.container;

import ioverlay.api.Engine;
import ioverlay.engine.Node;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * The {@link Engine} of each node as an OSGi service.
 *
 * <p><b>Threads:</b> any.
 */
final class EngineServices {
    private final BundleContext context;
    private final Map<Node, ServiceRegistration<Engine>> registrations = new ConcurrentHashMap<>();

    EngineServices(BundleContext context) {
        this.context = context;
    }

    void register(Node node) {
        Map<String, Object> properties = Map.of(Engine.NODE_PROPERTY, node.id().toString());
        registrations.put(
                node, context.registerService(Engine.class, node.engine(), FrameworkUtil.asDictionary(properties)));
    }

    void unregister(Node node) {
        ServiceRegistration<Engine> registration = registrations.remove(node);
        if (registration != null) {
            registration.unregister();
        }
    }
}
