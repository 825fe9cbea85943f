package ioverlay.shell;

import ioverlay.api.container.Configurations;
import ioverlay.api.container.Events;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import ioverlay.api.observer.Rollouts;
import ioverlay.api.observer.Uploads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Gives the commands to Gogo as long as there is something to steer. */
@Component(service = {})
public final class Commands {
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** Registers them. */
    @Activate
    public Commands(
            @Reference Nodes nodes,
            @Reference Network network,
            @Reference Swaps swaps,
            @Reference Repository repository,
            @Reference Events events,
            @Reference Configurations configurations,
            BundleContext context) {
        Container container = new Container(
                nodes,
                network,
                swaps,
                repository,
                events,
                configurations,
                new ContainerLog(context),
                () -> now(context, Rollouts.class),
                () -> now(context, Uploads.class),
                nodes::applicationTypes);
        List<Verb> verbs = verbs(container, () -> stop(context));
        Completion completion = new Completion(verbs, container);
        registrations.add(context.registerService(Converter.class, new Formatter(), null));
        registrations.add(context.registerService(Converter.class, new BundleConverter(context), null));
        verbs.forEach(verb -> register(context, verb.name(), verb));
        register(context, Completion.NAME, completion);
        register(context, Welcome.NAME, new Welcome(completion));
    }

    /** All commands, in the order in which help lists them. */
    static List<Verb> verbs(Container container, Runnable stop) {
        List<Verb> verbs = new ArrayList<>();
        verbs.add(new Verb("nodes", NodesCommand::new, container));
        verbs.add(new Verb("status", StatusCommand::new, container));
        verbs.add(new Verb("links", LinksCommand::new, container));
        verbs.add(new Verb("topology", TopologyCommand::new, container));
        verbs.add(new Verb("create", CreateCommand::new, container));
        verbs.add(new Verb("remove", RemoveCommand::new, container));
        verbs.add(new Verb("app", AppCommand::new, container));
        verbs.add(new Verb("terminate", TerminateCommand::new, container));
        verbs.add(new Verb("join", JoinCommand::new, container));
        verbs.add(new Verb("leave", LeaveCommand::new, container));
        verbs.add(new Verb("bandwidth", BandwidthCommand::new, container));
        verbs.add(new Verb("weights", WeightsCommand::new, container));
        verbs.add(new Verb("measure", MeasureCommand::new, container));
        verbs.add(new Verb("algorithms", AlgorithmsCommand::new, container));
        verbs.add(new Verb("deploy", DeployCommand::new, container));
        verbs.add(new Verb("swap", SwapCommand::new, container));
        verbs.add(new Verb("shadow", ShadowCommand::new, container));
        verbs.add(new Verb("rollback", RollbackCommand::new, container));
        verbs.add(new Verb("upload", UploadCommand::new, container));
        verbs.add(new Verb("uploads", UploadsCommand::new, container));
        verbs.add(new Verb("rollout", RolloutCommand::new, container));
        verbs.add(new Verb("why", WhyCommand::new, container));
        verbs.add(new Verb("config", ConfigCommand::new, container));
        verbs.add(new Verb("events", EventsCommand::new, container));
        verbs.add(new Verb("log", LogCommand::new, container));
        verbs.add(new Verb("help", () -> new HelpCommand(() -> verbs), container));
        verbs.add(new Verb("exit", () -> new ExitCommand(() -> stop), container));
        verbs.add(new Verb("quit", () -> new ExitCommand(() -> stop), container));
        return verbs;
    }

    private void register(BundleContext context, String name, Function function) {
        Map<String, Object> properties = Map.of(
                CommandProcessor.COMMAND_SCOPE, Verb.SCOPE, CommandProcessor.COMMAND_FUNCTION, new String[] {name});
        registrations.add(context.registerService(Function.class, function, FrameworkUtil.asDictionary(properties)));
    }

    /** A service that comes and goes with the observer. */
    private static <S> Optional<S> now(BundleContext context, Class<S> type) {
        return Optional.ofNullable(context.getServiceReference(type)).map(context::getService);
    }

    private static void stop(BundleContext context) {
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
        } catch (BundleException e) {
            throw new Failed("the container does not stop: " + e.getMessage(), e);
        }
    }

    @Deactivate
    void leave() {
        Stream.of(registrations.toArray(ServiceRegistration<?>[]::new)).forEach(ServiceRegistration::unregister);
        registrations.clear();
    }
}
