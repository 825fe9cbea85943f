package ioverlay.scenario;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Scenarios;
import ioverlay.api.container.Swaps;
import ioverlay.scenario.run.Steering;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The service; it only passes calls on. */
@Component
public final class ScenarioService implements Scenarios {
    private static final String TYPE = "ioverlay.application.type";

    private final BundleContext context;
    private final Suite suite;

    /** Takes the container's services. */
    @Activate
    public ScenarioService(
            BundleContext context,
            @Reference Nodes nodes,
            @Reference Network network,
            @Reference Swaps swaps,
            @Reference Repository repository,
            @Reference Events events) {
        this.context = context;
        this.suite = new Suite(new Steering(nodes, network, swaps, repository, events), this::applications);
    }

    @Override
    public List<JsonObject> run(Order order, Consumer<Progress> progress) throws InterruptedException {
        return suite.run(order, progress);
    }

    private Set<String> applications() {
        Set<String> types = new HashSet<>();
        try {
            for (ServiceReference<Application> one : context.getServiceReferences(Application.class, null)) {
                if (one.getProperty(TYPE) instanceof String type) {
                    types.add(type);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("there is no filter that could be wrong", e);
        }
        return types;
    }
}
