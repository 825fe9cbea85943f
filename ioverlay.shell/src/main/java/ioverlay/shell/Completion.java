package ioverlay.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jline.builtins.Completers.CompletionData;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What the tabulator key finds: options and subcommands from what a command declares, values from what its arguments are
 * called there ({@code NODE}, {@code ALGORITHM}, …), see {@link Values}.
 *
 * <p>Gogo's jline shell keeps completions in a session variable and asks a command for the candidates.
 */
final class Completion implements Function {
    /** The command that finds candidates; its name is hidden since it begins with a line. */
    static final String NAME = "_candidates";

    private static final String COMPLETIONS = ".completions";
    private static final String LINE = ".commandLine";

    private final Map<String, Verb> verbs = new HashMap<>();
    private final Container container;

    Completion(List<Verb> verbs, Container container) {
        verbs.forEach(verb -> this.verbs.put(verb.name(), verb));
        this.container = container;
    }

    /** Tells the session that it can ask; nothing happens where lines are not edited. */
    @SuppressWarnings("unchecked") // the variable belongs to the jline shell, which reads it as this
    void install(CommandSession session) {
        if (session.get(COMPLETIONS) instanceof Map<?, ?> map) {
            Map<String, List<CompletionData>> completions = (Map<String, List<CompletionData>>) map;
            verbs.values().stream()
                    .filter(verb -> !verb.isHidden())
                    .forEach(verb -> completions.put(Verb.SCOPE + ":" + verb.name(), data(verb)));
        }
    }

    private static List<CompletionData> data(Verb verb) {
        List<CompletionData> data = new ArrayList<>();
        data.add(new CompletionData(null, verb.purpose(), null, null));
        options(verb.spec(), data);
        verb.spec().subcommands().values().forEach(sub -> options(sub.getCommandSpec(), data));
        data.add(new CompletionData(null, null, Verb.SCOPE + ":" + NAME, null));
        return data;
    }

    private static void options(CommandSpec spec, List<CompletionData> data) {
        for (OptionSpec option : spec.options()) {
            String[] description = option.description();
            List<String> names = List.of(option.names());
            if (data.stream().noneMatch(known -> names.equals(known.options))) {
                data.add(new CompletionData(names, description.length == 0 ? null : description[0], null, null));
            }
        }
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        return session.get(LINE) instanceof ParsedLine line ? candidates(line, session) : List.of();
    }

    private List<Candidate> candidates(ParsedLine line, CommandSession session) {
        String called = line.words().getFirst();
        Verb verb = verbs.get(called.substring(called.indexOf(':') + 1));
        if (verb == null) {
            return List.of();
        }
        List<String> before = line.words().subList(1, line.wordIndex());
        String word = line.word().substring(0, line.wordCursor());
        Path directory = session.currentDir();
        return values(verb.spec(), before, word, directory).stream()
                .map(value -> new Candidate(
                        value, value, null, null, null, null, !value.endsWith("/") && !value.endsWith("=")))
                .toList();
    }

    /**
     * What may stand in the place of a word.
     *
     * @param before the words between the command and it
     * @param word its beginning
     * @param directory that paths begin at
     */
    List<String> values(CommandSpec command, List<String> before, String word, Path directory) {
        CommandSpec spec = command;
        Map<String, String> given = new HashMap<>();
        int positions = 0;
        @Nullable ArgSpec pending = null;
        for (String text : before) {
            CommandLine sub = spec.subcommands().get(text);
            OptionSpec option = spec.findOption(text);
            if (pending != null) {
                given.put(pending.paramLabel(), text);
                pending = null;
            } else if (sub != null && positions == 0) {
                spec = sub.getCommandSpec();
            } else if (option != null) {
                pending = option.arity().max() == 0 ? null : option;
            } else if (!text.startsWith("-")) {
                ArgSpec position = position(spec, positions++);
                if (position != null) {
                    given.put(position.paramLabel(), text);
                }
            }
        }
        ArgSpec wanted = pending == null ? position(spec, positions) : pending;
        if (wanted == null) {
            return List.copyOf(spec.subcommands().keySet());
        }
        return new Values(container, List.copyOf(verbs.keySet()), given, directory)
                .of(plain(spec.name()), wanted.paramLabel(), word);
    }

    /** A command's name without its scope. */
    private static String plain(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static @Nullable ArgSpec position(CommandSpec spec, int index) {
        for (PositionalParamSpec position : spec.positionalParameters()) {
            if (position.index().contains(index)) {
                return position;
            }
        }
        return null;
    }
}
