package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:why}. */
@CommandLine.Command(
        name = "why",
        description = "Explains why something does not resolve, start or swap, what comes nearest, and who holds what.",
        footer = {
            "",
            "NODE is all slots of a node, NODE/APP one of them; a bundle is its symbolic name, NAME:VERSION, or its",
            "number. A name that is both means the node.",
            "Gives a list of sentences."
        })
final class WhyCommand extends Command {
    @Parameters(index = "0", paramLabel = "BUNDLE|NODE[/APP]", description = "What to explain.")
    private String what = "";

    @Override
    Object run(Container container, Here here) {
        int slash = what.indexOf('/');
        String name = slash < 0 ? what : what.substring(0, slash);
        if (slash < 0 && container.nodes().status(name).isEmpty()) {
            return sentences(container.repository().why(what));
        }
        NodeStatus node = Names.node(container.nodes(), name);
        Stream<SlotStatus> slots =
                slash < 0 ? node.slots().stream() : Stream.of(Names.slot(node, what.substring(slash + 1)));
        return sentences(slots.flatMap(slot -> container.swaps().why(node.name(), slot.application()).stream())
                .toList());
    }

    private static Shown<String> sentences(List<String> sentences) {
        return new Shown<>(
                sentences,
                (all, look) -> all.isEmpty()
                        ? List.of("there is nothing to say")
                        : all.stream().map(Cell::harmless).toList());
    }
}
