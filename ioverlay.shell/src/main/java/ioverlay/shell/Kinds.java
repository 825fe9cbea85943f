package ioverlay.shell;

import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The kinds of events, as {@code docs/status.md} has them. */
final class Kinds {
    static final List<String> KNOWN = List.copyOf(new TreeSet<>(Event.KINDS));

    private Kinds() {}

    /** What may be asked for: what is known, and what has happened all the same. */
    static Set<String> all(Events events) {
        return events.recent().stream().map(Event::kind).collect(Collectors.toCollection(() -> new TreeSet<>(KNOWN)));
    }

    /** Refuses a kind that nothing can have; the empty text is any kind, {@code link} all that begin with {@code link.}. */
    static void require(String kind, Events events) {
        Set<String> all = all(events);
        if (!kind.isEmpty() && all.stream().noneMatch(one -> one.equals(kind) || one.startsWith(kind + "."))) {
            throw new Failed("there is no kind of event '" + kind + "'; the kinds are: " + String.join(", ", all));
        }
    }
}
