package ioverlay.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs on the JVM's main thread with the command line's arguments; what it returns is the exit code. */
@Component(service = Callable.class, property = "main.thread=true")
public final class Main implements Callable<Integer> {
    private final String[] arguments;

    /**
     * Made by the framework once the launcher has published the arguments.
     *
     * @param properties the launcher's service properties
     */
    @Activate
    public Main(@Reference(service = Object.class, target = "(launcher.arguments=*)") Map<String, Object> properties) {
        this.arguments = (String[]) Objects.requireNonNull(properties.get("launcher.arguments"));
    }

    @Override
    public Integer call() {
        PrintStream out = System.out;
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            out.println("iOverlay 1.0.0");
            return 0;
        }
        System.err.println("Not known: " + String.join(" ", arguments));
        return 2;
    }
}
