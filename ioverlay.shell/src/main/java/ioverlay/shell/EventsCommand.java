package ioverlay.shell;

import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code overlay:events}. */
@CommandLine.Command(
        name = "events",
        description = "Shows what has happened in the container, the oldest first.",
        footer = {"", "Gives a list of Event; with -f nothing, and it ends by Ctrl-C."})
final class EventsCommand extends Command {
    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            description = "The last N, 1 to 1000. Default: 20.")
    private int number = 20;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what happens.")
    private boolean follow;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind, as swap, or link for all link.…")
    private String kind = "";

    @Option(names = "--node", paramLabel = "NODE", description = "Only of this node.")
    private String node = "";

    @Override
    @Nullable Object run(Container container, Here here) {
        if (number < 1 || number > Events.MAX_KEPT) {
            throw new Failed("the number of events is 1 to " + Events.MAX_KEPT + ", not " + number);
        }
        Kinds.require(kind, container.events());
        if (!follow) {
            return Shown.table(last(container.events()), "nothing has happened", (events, look) -> table(events));
        }
        follow(container.events(), here);
        return null;
    }

    private List<Event> last(Events events) {
        List<Event> wanted = events.recent().stream().filter(this::isWanted).toList();
        return wanted.subList(Math.max(0, wanted.size() - number), wanted.size());
    }

    private boolean isWanted(Event event) {
        return (kind.isEmpty() || event.kind().equals(kind) || event.kind().startsWith(kind + "."))
                && (node.isEmpty() || event.node().equals(node));
    }

    private void follow(Events events, Here here) {
        Following<Event> following = new Following<>(here, EventsCommand::line);
        last(events).forEach(following::print);
        following.show(listener -> events.subscribe(event -> {
            if (isWanted(event)) {
                listener.accept(event);
            }
        })::close);
    }

    private static String line(Event event) {
        return Clock.time(event.time()) + "  " + event.kind() + "  " + event.node() + "  " + event.sentence();
    }

    private static Sheet table(List<Event> events) {
        Sheet table = Sheet.of("time", "kind", "node", "what");
        for (Event event : events) {
            table.row(Clock.time(event.time()), event.kind(), event.node(), event.sentence());
        }
        return table;
    }
}
