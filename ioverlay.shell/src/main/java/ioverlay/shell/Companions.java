package ioverlay.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives {@code grep}, {@code each} and their like to shells without a terminal and to attached ones: the bundle that they
 * come from only brings them together with a shell that takes the terminal. Once it does, its own come first.
 */
@Component(service = {})
public final class Companions {
    private static final int BEHIND_THEIR_OWN = -1;
    private static final String[] BUILTIN = {
        "format",
        "getopt",
        "new",
        "set",
        "tac",
        "type",
        "jobs",
        "fg",
        "bg",
        "keymap",
        "setopt",
        "unsetopt",
        "complete",
        "history",
        "widget",
        "__files",
        "__directories",
        "__usage_completion"
    };
    private static final String[] PROCEDURAL = {
        "each", "if", "not", "throw", "try", "until", "while", "break", "continue"
    };
    private static final String[] POSIX = {
        "cat", "echo", "grep", "sort", "sleep", "cd", "pwd", "ls", "less", "watch", "nano", "clear", "head", "tail",
        "wc", "date"
    };

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** Registers them. */
    @Activate
    public Companions(@Reference CommandProcessor processor, BundleContext context) {
        register(context, new Builtin(), BUILTIN);
        register(context, new Procedural(), PROCEDURAL);
        register(context, new Tools(processor), POSIX);
    }

    private void register(BundleContext context, Object commands, String... names) {
        Map<String, Object> properties = Map.of(
                CommandProcessor.COMMAND_SCOPE,
                "gogo",
                CommandProcessor.COMMAND_FUNCTION,
                names,
                Constants.SERVICE_RANKING,
                BEHIND_THEIR_OWN);
        registrations.add(context.registerService(
                commands.getClass().getName(), commands, FrameworkUtil.asDictionary(properties)));
    }

    @Deactivate
    void leave() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
    }
}
