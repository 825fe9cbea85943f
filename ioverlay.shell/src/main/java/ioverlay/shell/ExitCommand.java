package ioverlay.shell;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code overlay:exit} and {@code overlay:quit}. */
@CommandLine.Command(
        name = "exit",
        aliases = "quit",
        description = "Leaves the shell. An attached one leaves the container running; the container's own stops it.")
final class ExitCommand extends Command {
    /** Session variable: what leaving an attached shell does, a {@link Runnable}. */
    static final String LEAVE = ".leave";

    /** Session variable: whether the shell was left. */
    static final String LEFT = ".left";

    private final Supplier<Runnable> stop;

    /** With what stops the container. */
    ExitCommand(Supplier<Runnable> stop) {
        this.stop = stop;
    }

    @Override
    @Nullable Object run(Container container, Here here) {
        here.session().put(LEFT, true);
        if (here.session().get(LEAVE) instanceof Runnable leave) {
            leave.run();
        } else {
            stop.get().run();
        }
        return null;
    }
}
