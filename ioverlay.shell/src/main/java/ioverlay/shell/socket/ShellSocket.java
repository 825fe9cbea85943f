package ioverlay.shell.socket;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.threadio.ThreadIO;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Listens for shells in the data directory, as long as the container has one. */
@Component(
        service = {},
        configurationPid = "ioverlay.data",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ShellSocket {
    private static final System.Logger LOG = System.getLogger(ShellSocket.class.getName());

    private final @Nullable Gate gate;

    /** Opens the socket; a container without one goes on without. */
    @Activate
    public ShellSocket(
            @Reference CommandProcessor processor,
            @Reference ThreadIO threads,
            BundleContext context,
            Map<String, Object> configuration) {
        gate = open(String.valueOf(configuration.get("directory")), new House(context, processor, threads));
    }

    private static @Nullable Gate open(String directory, House house) {
        try {
            return new Gate(Path.of(directory), house);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(System.Logger.Level.WARNING, "no shell can come in through " + directory + ": " + e.getMessage());
            return null;
        }
    }

    @Deactivate
    void close() throws IOException {
        if (gate != null) {
            gate.close();
        }
    }
}
