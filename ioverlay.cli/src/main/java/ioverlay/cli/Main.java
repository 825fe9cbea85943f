package ioverlay.cli;

import ioverlay.api.container.Scenarios;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs on the JVM's main thread with the command line's arguments; what it returns is the exit code.
 *
 * <p>The launcher knows it by {@code main.thread=true}, see {@code docs/decisions/0002-the-launcher.md}.
 */
@Component(service = Callable.class, property = "main.thread=true")
public final class Main implements Callable<Integer> {
    private static final String NEXT_RELAY = "run/bundles/ioverlay.algo.relay-1.1.0.jar";

    private static final String WEB = "run/target/web";

    private final String[] arguments;
    private final BundleContext context;

    /** Not System.out and System.err, which Gogo replaces by streams that belong to its sessions. */
    private final PrintStream out = stream(FileDescriptor.out, "stdout.encoding");

    private final PrintStream err = stream(FileDescriptor.err, "stderr.encoding");

    private final Ending ending;

    /**
     * Made by the framework once the launcher has published the arguments.
     *
     * @param launcher the launcher's service properties, {@code launcher.arguments} among them
     */
    @Activate
    public Main(
            @Reference(service = Object.class, target = "(launcher.arguments=*)") Map<String, Object> launcher,
            BundleContext context) {
        this.arguments = (String[]) Objects.requireNonNull(launcher.get("launcher.arguments"));
        this.context = context;
        this.ending =
                new Ending(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(Framework.class), err);
    }

    @Override
    public Integer call() throws Exception {
        context.addBundleListener(ending);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::stopFramework, "overlay-shutdown"));
        return ending.run(this::run);
    }

    private int run() throws InterruptedException {
        Terminal terminal = Terminal.find();
        Services services = new Services(context);
        DemoCommand demo = new DemoCommand(options -> new Demo(
                        services::steering,
                        ofProject(NEXT_RELAY),
                        Ticker.system(),
                        new Screen(out, terminal.canRedraw()),
                        observing(services),
                        shell(terminal, services))
                .run(options));
        UpCommand.Container up = options -> new Up(
                        services::steering,
                        new DataOpening(services, Ticker.system()),
                        new FileInstall(context, services)::follow,
                        observing(services),
                        Ticker.system(),
                        out,
                        shell(terminal, services))
                .run(options);
        NewCommand project = new NewCommand((name, directory) -> {
            new Project(name, Kit.ofThisBuild()).write(directory);
            out.println(name.text() + " is in " + directory.toAbsolutePath().normalize());
            out.println("There, 'mvn package' builds and tests it, and README.md says how it gets onto a node.");
        });
        ScenarioCommand scenario = new ScenarioCommand(
                options -> new Experiment(() -> services.one(Scenarios.class), out, terminal.canRedraw()).run(options));
        Overlay.Surroundings around =
                new Overlay.Surroundings(context.getBundle().getVersion().toString(), out, err, ending::hasBegun);
        return Overlay.run(demo, up, project, scenario, around, arguments);
    }

    private static PrintStream stream(FileDescriptor descriptor, String encodingProperty) {
        String encoding = System.getProperty(encodingProperty, System.getProperty("native.encoding", "UTF-8"));
        return new PrintStream(new FileOutputStream(descriptor), true, Charset.forName(encoding));
    }

    private static Path ofProject(String path) {
        return Path.of(System.getProperty("ioverlay.home", "")).toAbsolutePath().resolve(path);
    }

    private Observing observing(Services services) {
        return new Observing(services, new WebBundles(context, ofProject(WEB)), Ticker.system(), err);
    }

    private Shell shell(Terminal terminal, Services services) throws InterruptedException {
        return terminal.canEdit()
                ? new TerminalShell(context)
                : new PipedShell(services.one(CommandProcessor.class), System.in, out, err);
    }

    /** Ends what is still under way when the bundle stops, and gives it time to tidy up. */
    @Deactivate
    void stop() {
        ending.end();
    }
}
