package ioverlay.scenario.plan;

import ioverlay.api.container.Event;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Value;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counters and kinds of events, as {@code docs/status.md} has them, and what an observer tells besides, so that one that nobody
 * has is refused before the start.
 */
final class Names {
    static final Set<String> COUNTERS = Set.of(
            "connections.accepted",
            "connections.silent",
            "connections.refused",
            "dials.failed",
            "links.failed",
            "links.silent",
            "links.broken.header",
            "links.broken.credit",
            "links.broken.middle",
            "links.broken.stalled",
            "messages.lost",
            "bytes.lost",
            "messages.unclaimed",
            "messages.undelivered",
            "messages.skipped",
            "messages.foreign",
            "messages.failed",
            "control.refused",
            "sends.refused",
            "notices.dropped",
            "holds.expired");

    /** Those of a container, and what an observer tells besides. */
    static final Set<String> EVENTS = Stream.concat(
                    Event.KINDS.stream(), Stream.of("node.joined", "node.lost", "rollout", "upload"))
            .collect(Collectors.toUnmodifiableSet());

    private Names() {}

    static String counter(Value value) {
        return known(value, COUNTERS, "there is no counter '");
    }

    static String event(Value value) {
        return known(value, EVENTS, "there is no kind of event '");
    }

    private static String known(Value value, Set<String> names, String sentence) {
        String text = Fields.text(value);
        if (!names.contains(text)) {
            String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
            throw value.mistake(sentence + shown + "' in docs/status.md" + Nearest.hint(text, names));
        }
        return text;
    }
}
