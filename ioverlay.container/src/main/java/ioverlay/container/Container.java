package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.container.Network;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Swaps;
import ioverlay.container.retire.Departures;
import ioverlay.container.shadow.Limits;
import ioverlay.container.shadow.Shadows;
import ioverlay.container.store.Vault;
import ioverlay.engine.DataPlane;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.SynchronousBundleListener;

/** The control plane of one JVM, put together: one data plane, and what steers it. */
final class Container implements AutoCloseable {
    /** How many trials end at the same time. */
    private static final int MAX_ENDINGS = 8;

    private final BundleContext context;
    private final DataPlane plane;
    private final EventLog events = new EventLog(InstantSource.system());
    private final Directory directory = new Directory();
    private final Steward steward;
    private final Steward retirements;
    private final Trials trials;
    private final Commands commands;
    private final Departures departures;
    private final EngineServices services;
    private final Attendance attendance;
    private final NodeFactory nodes;
    private final Shadows shadows;
    private final Swapper swaps;
    private final BundleStore repository;
    private final Restart restart;
    private final DataKeeping keeping;
    private final Recorder recorder;
    private final Vault vault = new Vault();

    /** For whoever asks for an algorithm by command. */
    private final Stock supply;

    private final SynchronousBundleListener ending = this::bundleChanged;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Opens.
     *
     * @param limits how long foreign code may take
     * @throws IOException if the system gives no selector
     */
    Container(BundleContext context, TimeLimits limits) throws IOException {
        this.context = context;
        steward = new Steward(limits.swap());
        retirements = new Steward(limits.swap(), 1);
        plane = DataPlane.open(limits.turns());
        services = new EngineServices(context);
        Catalogue<Algorithm> algorithms =
                new Catalogue<>(context, Algorithm.class, Algorithm.NAME_PROPERTY, "algorithm");
        Catalogue<Application> applications =
                new Catalogue<>(context, Application.class, Application.NAME_PROPERTY, "application");
        attendance = new Attendance(directory, algorithms, applications, steward, events);
        Installer installer = new Installer(context, algorithms, applications);
        supply = new Stock(algorithms, vault, installer);
        recorder = new Recorder(supply::keepUsed);
        shadows = new Shadows(Limits.STANDARD, events::add);
        departures = new Departures(InstantSource.system(), users(), this::unloaded);
        Retirement retirement = retirement(algorithms, applications);
        Chooser versions = new Chooser(supply, algorithms, retirement::replaced);
        Scribe scribe = new Scribe(recorder, directory, retirement::replaced);
        commands = new Commands(recorder);
        trials = new Trials(new Steward(limits.swap(), MAX_ENDINGS), scribe);
        swaps = new Swapper(
                directory,
                versions,
                steward,
                trials,
                scribe,
                commands,
                new Reasons(algorithms, supply::elsewhere),
                new Shadowing(directory, supply, algorithms, shadows),
                events);
        Watcher.Stalls stalls = (node, application, cause) ->
                steward.submit(new Fallback(node, application, cause, directory, versions, scribe, events));
        nodes = new NodeFactory(
                new NodeMaker(plane, algorithms, events, stalls, attendance::parked),
                directory,
                supply,
                applications,
                services,
                recorder,
                events);
        restart = new Restart(nodes, supply, recorder, events);
        keeping = new DataKeeping(recorder, vault, restart, () -> serving(algorithms), events);
        Inquiry inquiry = new Inquiry(context, algorithms, vault, directory, departures);
        repository = new BundleStore(algorithms, vault, installer, supply, directory, inquiry, departures);
        events.subscribe(new FaultLog());
        listen();
    }

    private List<Source<Algorithm>> serving(Catalogue<Algorithm> algorithms) {
        return algorithms.all().stream()
                .filter(source -> directory.users(source.reference()) > 0)
                .toList();
    }

    private Retirement retirement(Catalogue<Algorithm> algorithms, Catalogue<Application> applications) {
        Retire.Tools tools = new Retire.Tools(
                context,
                algorithms,
                applications,
                supply,
                departures,
                events,
                ConcurrentHashMap.newKeySet(),
                directory::awaits,
                () -> attendance.comeBack());
        Retirement retirement = new Retirement(retirements, tools);
        algorithms.whenIdle(retirement::idle);
        applications.whenIdle(retirement::idle);
        return retirement;
    }

    /** Who uses algorithms' services for us: this bundle, and the one that makes components. */
    private Set<Long> users() {
        return Stream.of(context.getBundles())
                .filter(bundle ->
                        bundle.equals(context.getBundle()) || "org.apache.felix.scr".equals(bundle.getSymbolicName()))
                .map(Bundle::getBundleId)
                .collect(Collectors.toSet());
    }

    private void unloaded(String bundle) {
        events.add("bundle.unloaded", "", bundle + " is unloaded: its class loader is gone", new JsonObject());
    }

    private void listen() {
        try {
            context.addServiceListener(attendance, Attendance.FILTER);
            context.addBundleListener(ending);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("the filter is a constant", e);
        }
    }

    Nodes nodes() {
        return nodes;
    }

    Network network() {
        return new NetworkDesk(directory, recorder, events);
    }

    Swaps swaps() {
        return swaps;
    }

    Supply supply() {
        return supply;
    }

    Repository repository() {
        return repository;
    }

    ConfigurationDesk desk() {
        return new FrontDesk(events, nodes, restart, recorder, keeping);
    }

    EventLog events() {
        return events;
    }

    /** When the whole framework stops, nodes end while their algorithms are still there to serve what is under way. */
    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            close();
        }
    }

    /** Ends jobs, then nodes, then threads; idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        context.removeBundleListener(ending);
        context.removeServiceListener(attendance);
        commands.close();
        restart.close();
        directory.close();
        shadows.close();
        steward.close();
        trials.close();
        retirements.close();
        departures.close();
        directory.all().forEach(node -> services.unregister(node.node()));
        closeNodes();
        plane.close();
        events.close();
        keeping.close();
        vault.close();
    }

    /** All at once, since each may take a while to drain. */
    private void closeNodes() {
        try (ExecutorService each = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("overlay-close-", 0).factory())) {
            directory.all().forEach(node -> each.execute(node::close));
        }
    }
}
