package ioverlay.scenario;

import com.google.gson.JsonObject;
import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Scenarios;
import ioverlay.api.container.Swaps;
import ioverlay.scenario.run.LocalSteering;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The service; it only passes calls on. */
@Component
public final class ScenarioService implements Scenarios {
    private final Suite suite;

    /** Takes the container's services. */
    @Activate
    public ScenarioService(
            @Reference Nodes nodes,
            @Reference Network network,
            @Reference Swaps swaps,
            @Reference Repository repository,
            @Reference Events events,
            BundleContext context) {
        this.suite = new Suite(() -> new LocalSteering(
                nodes,
                network,
                swaps,
                repository,
                events,
                () -> Set.copyOf(nodes.applicationTypes()),
                new Deployment(context, repository)));
    }

    @Override
    public List<JsonObject> run(Order order, Consumer<Progress> progress, Consumer<JsonObject> ended)
            throws InterruptedException {
        return suite.run(order, progress, ended);
    }
}
