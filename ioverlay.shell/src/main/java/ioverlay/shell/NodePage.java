package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.NodeStatus.SessionStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that a node says of itself, for a person. */
final class NodePage {
    private NodePage() {}

    static List<String> lines(NodeStatus node, Look look) {
        List<String> lines = new ArrayList<>();
        lines.add(node.name() + " at " + node.id() + ", up " + Units.age(node.upMillis()));
        lines.add("in " + Units.rate(node.rates().inBytesPerSecond()) + ", out "
                + Units.rate(node.rates().outBytesPerSecond()));
        place(node).ifPresent(lines::add);
        String caps = EmulationPage.caps(node.emulation());
        if (!caps.isEmpty()) {
            lines.add(caps);
        }
        part(lines, slots(node.slots()), look);
        details(lines, node.slots());
        part(lines, LinksCommand.table(node, look), look);
        part(lines, WeightsCommand.table(node.weights()), look);
        part(lines, sessions(node.sessions()), look);
        part(lines, applications(node.applications()), look);
        part(lines, counters(node.counters()), look);
        pauses(lines, node.pauses());
        return lines;
    }

    private static Optional<String> place(NodeStatus node) {
        String place = node.location().map(location -> "at " + location.text()).orElse("");
        String observer = node.observer().map(its -> "observer " + its).orElse("");
        String between = place.isEmpty() || observer.isEmpty() ? "" : ", ";
        return Optional.of(place + between + observer).filter(line -> !line.isEmpty());
    }

    private static void part(List<String> lines, Sheet table, Look look) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines(look));
        }
    }

    private static Sheet slots(List<SlotStatus> slots) {
        Sheet table = Sheet.of(
                "slot",
                "state",
                "algorithm",
                "version",
                ">processed",
                ">sent",
                ">failed",
                ">stalled",
                ">held",
                ">swaps",
                "previous");
        for (SlotStatus slot : slots) {
            table.row(
                    States.id(slot.application()),
                    States.cell(States.of(slot)),
                    slot.algorithm(),
                    slot.version(),
                    slot.processed(),
                    Units.bytes(slot.sentBytes()),
                    slot.failed(),
                    slot.stalled(),
                    slot.held(),
                    slot.swaps(),
                    slot.previous());
        }
        return table;
    }

    private static void details(List<String> lines, List<SlotStatus> slots) {
        for (SlotStatus slot : slots) {
            if (slot.probationMillis() > 0) {
                lines.add("slot " + States.id(slot.application()) + " is on probation for "
                        + Units.age(slot.probationMillis()) + " more");
            }
            if (!slot.detail().isEmpty()) {
                lines.add("slot " + States.id(slot.application()) + " says "
                        + Cell.harmless(slot.detail().toString()));
            }
        }
    }

    private static Sheet sessions(List<SessionStatus> sessions) {
        Sheet table = Sheet.of("session", ">in", ">out", "from", "to");
        for (SessionStatus session : sessions) {
            table.row(
                    States.id(session.application()),
                    Units.rate(session.rates().inBytesPerSecond()),
                    Units.rate(session.rates().outBytesPerSecond()),
                    ids(session.upstreams()),
                    ids(session.downstreams()));
        }
        return table;
    }

    private static String ids(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::toString).collect(Collectors.joining(" "));
    }

    private static Sheet applications(List<ApplicationStatus> applications) {
        Sheet table = Sheet.of("application", "type", "state", ">produced", ">consumed", ">skipped", "says");
        for (ApplicationStatus application : applications) {
            table.row(
                    States.id(application.application()),
                    application.type(),
                    States.cell(application.state()),
                    Units.bytes(application.producedBytes()),
                    Units.bytes(application.consumedBytes()),
                    application.skipped(),
                    application.failure().isEmpty()
                            ? application.detail().toString()
                            : new Cell(application.failure(), Tone.BAD));
        }
        return table;
    }

    private static Sheet counters(Map<String, Long> counters) {
        Sheet table = Sheet.of("counter", ">count");
        new TreeMap<>(counters).forEach((name, count) -> {
            if (count != 0) {
                table.row(name, count);
            }
        });
        return table;
    }

    private static void pauses(List<String> lines, PauseStatus pauses) {
        if (pauses.count() > 0) {
            lines.add("");
            lines.add("pauses of " + pauses.count() + (pauses.count() == 1 ? " swap" : " swaps") + ": half at most "
                    + Units.micros(pauses.p50()) + ", 99 of 100 at most " + Units.micros(pauses.p99())
                    + ", the longest "
                    + Units.micros(pauses.max()));
        }
    }
}
