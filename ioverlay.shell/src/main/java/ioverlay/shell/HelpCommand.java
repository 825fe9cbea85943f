package ioverlay.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:help}. */
@CommandLine.Command(name = "help", description = "Lists the commands, or explains one: help swap.")
final class HelpCommand extends Command {
    private final Supplier<List<Verb>> verbs;

    @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "Which one.")
    private String command = "";

    HelpCommand(Supplier<List<Verb>> verbs) {
        this.verbs = verbs;
    }

    @Override
    Object run(Container container, Here here) throws Exception {
        if (command.isEmpty()) {
            return String.join("\n", all(here));
        }
        String prefix = Verb.SCOPE + ":";
        String name = command.startsWith(prefix) ? command.substring(prefix.length()) : command;
        for (Verb verb : shown()) {
            if (verb.name().equals(name)) {
                return verb.usage(here.look());
            }
        }
        return others(here.session(), name);
    }

    private List<Verb> shown() {
        return verbs.get().stream().filter(verb -> !verb.isHidden()).toList();
    }

    private List<String> all(Here here) {
        Sheet table = Sheet.of("command", "what it does");
        shown().forEach(verb -> table.row(verb.name(), verb.purpose()));
        List<String> lines = new ArrayList<>(table.lines(here.look()));
        lines.add("");
        lines.add("Each explains itself with --help. Commands of others, which OSGi and Felix mean as they do:");
        scopes(here.session()).forEach((scope, names) -> lines.addAll(wrapped(scope, names, here.look())));
        return lines;
    }

    private static Map<String, Set<String>> scopes(CommandSession session) {
        Map<String, Set<String>> scopes = new TreeMap<>();
        if (session.get(".commands") instanceof Set<?> commands) {
            for (Object command : commands) {
                String[] parts = command.toString().split(":", 2);
                if (!parts[0].equals(Verb.SCOPE) && parts.length == 2 && !parts[1].startsWith("_")) {
                    scopes.computeIfAbsent(parts[0], scope -> new TreeSet<>()).add(parts[1]);
                }
            }
        }
        return scopes;
    }

    private static List<String> wrapped(String scope, Set<String> names, Look look) {
        int room = look.columns() == 0 ? Integer.MAX_VALUE : look.columns();
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("  " + scope + ":");
        for (String name : names) {
            if (line.length() + 1 + name.length() > room) {
                lines.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(' ').append(name);
        }
        lines.add(line.toString());
        return lines;
    }

    private Object others(CommandSession session, String name) throws Exception {
        boolean known = scopes(session).entrySet().stream()
                .anyMatch(scope -> scope.getValue().contains(name) || name.startsWith(scope.getKey() + ":"));
        if (!known) {
            throw new Failed(Names.none(
                    "command", command, shown().stream().map(Verb::name).toList()));
        }
        Object felix = session.execute("felix:help '" + name.replace("'", "") + "'");
        return felix == null ? "" : felix;
    }
}
