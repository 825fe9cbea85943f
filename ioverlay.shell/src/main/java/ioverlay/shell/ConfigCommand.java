package ioverlay.shell;

import ioverlay.api.container.Configurations;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import ioverlay.api.container.NodeSetup;
import ioverlay.api.container.NodeSetup.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:config}. */
@CommandLine.Command(
        name = "config",
        description = "Shows what nodes are made from, and changes the configuration of one.",
        footer = {
            "",
            "A change ends the node and makes it anew, as a change of its file does: its links are dialled again, and each"
                    + " slot begins with the highest version in its range, without the state and the swaps of before."
                    + " Where the node has a file, the change is written there. Values are checked before anything is"
                    + " changed. KEY= takes a setting out, so that its default counts; slots and applications have a"
                    + " line each: config a 'slots=0=relay' 'slots=7=relay;versions=[1.0,2)'.",
            "What a node is made from stands in a configuration, in the journal (it was made by create, and comes back),"
                    + " or nowhere (command: it was made by create, without a data directory). Only configurations can be"
                    + " changed.",
            "Gives a list of NodeSetup, or a list of its Settings."
        })
final class ConfigCommand extends Command {
    /** How long a node may take to end and to come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Parameters(index = "0", arity = "0..1", paramLabel = "NODE", description = "Whose. Default: an overview of all.")
    private String node = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE", description = "What to change.")
    private List<String> changes = new ArrayList<>();

    @Override
    Object run(Container container, Here here) {
        Configurations configurations = container.configurations();
        if (node.isEmpty()) {
            return Shown.table(configurations.list(), "there are no nodes", (setups, look) -> overview(setups));
        }
        NodeSetup setup = find(configurations, node);
        if (changes.isEmpty()) {
            return settings(setup);
        }
        String now = change(container, setup, here);
        return settings(find(configurations, now));
    }

    private static NodeSetup find(Configurations configurations, String name) {
        return configurations
                .of(name)
                .orElseThrow(() -> new Failed(Names.none(
                        "node",
                        name,
                        configurations.list().stream().map(NodeSetup::node).toList())));
    }

    /** Changes it, and waits until the node is there again; gives the name that it has then. */
    private String change(Container container, NodeSetup setup, Here here) {
        Map<String, List<String>> wanted = wanted();
        CompletableFuture<Event> became = new CompletableFuture<>();
        Events.Subscription subscription = container.events().subscribe(event -> {
            if (isOf(setup, event)) {
                became.complete(event);
            }
        });
        try (Interruption interruption = Interruption.at(here)) {
            if (container.configurations().change(setup.node(), wanted)) {
                await(setup, became, interruption);
            }
        } finally {
            subscription.close();
        }
        List<String> names = wanted.getOrDefault("name", List.of(setup.node()));
        return names.isEmpty() ? setup.pid().substring(setup.pid().indexOf('~') + 1) : names.getFirst();
    }

    private static boolean isOf(NodeSetup setup, Event event) {
        return (event.kind().equals("node.configured") || event.kind().equals("node.refused"))
                && event.detail().has("pid")
                && event.detail().get("pid").getAsString().equals(setup.pid());
    }

    private static void await(NodeSetup setup, CompletableFuture<Event> became, Interruption interruption) {
        if (!interruption.await(became, PATIENCE)) {
            throw new Failed("the configuration of '" + setup.node() + "' is changed; its node comes meanwhile");
        }
        if (!became.isDone()) {
            throw new Failed("the configuration of '" + setup.node() + "' is changed, but its node is not there after "
                    + PATIENCE.toSeconds() + " s; 'log' says what it waits for");
        }
        Event event = became.join();
        if (event.kind().equals("node.refused")) {
            throw new Failed("the configuration of '" + setup.node() + "' is changed, but makes no node yet: "
                    + event.sentence());
        }
    }

    private Map<String, List<String>> wanted() {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals <= 0) {
                throw new Failed("a change is KEY=VALUE, or KEY= to take it out, as port=7001, not '" + change + "'");
            }
            List<String> lines = wanted.computeIfAbsent(change.substring(0, equals), key -> new ArrayList<>());
            String value = change.substring(equals + 1);
            if (!value.isBlank()) {
                lines.add(value);
            }
        }
        return wanted;
    }

    private static Sheet overview(List<NodeSetup> setups) {
        Sheet table = Sheet.of("node", "source", "port", "slots", "applications");
        for (NodeSetup setup : setups) {
            table.row(
                    setup.node(),
                    source(setup),
                    value(setup, "port"),
                    value(setup, "slots"),
                    value(setup, "applications"));
        }
        return table;
    }

    private static String source(NodeSetup setup) {
        return setup.source().name().toLowerCase(Locale.ROOT);
    }

    private static String value(NodeSetup setup, String key) {
        return setup.settings().stream()
                .filter(setting -> setting.key().equals(key))
                .flatMap(setting -> setting.values().stream())
                .reduce((first, second) -> first + ", " + second)
                .orElse("");
    }

    private static Shown<Setting> settings(NodeSetup setup) {
        return Shown.table(setup.settings(), "it has no settings", (settings, look) -> {
            Sheet table = Sheet.of("setting", "source", "value");
            for (Setting setting : settings) {
                String source = setting.isDefault() ? "default" : source(setup);
                Tone tone = setting.isDefault() ? Tone.FAINT : Tone.PLAIN;
                if (setting.values().isEmpty()) {
                    table.row(setting.key(), new Cell(source, tone), "");
                }
                setting.values().forEach(value -> table.row(setting.key(), new Cell(source, tone), value));
            }
            return table;
        });
    }
}
