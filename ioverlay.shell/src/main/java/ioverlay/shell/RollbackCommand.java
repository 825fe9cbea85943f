package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:rollback}. */
@CommandLine.Command(
        name = "rollback",
        description = "Goes back to what the slot ran before its last swap, with its state.",
        footer = {"", "Gives a list of SwapResult; fails if one of them is not SWITCHED."})
final class RollbackCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODES", description = "A node, several with commas between them, or all.")
    private String nodes = "";

    @Option(names = "--slot", paramLabel = "APP", description = "Which slot. Default: the only one.")
    private String slot = "";

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Of the command: one that was done before is not done again.")
    private String id = "";

    @Override
    Object run(Container container, Here here) {
        List<NodeStatus> chosen = Names.nodes(container.nodes(), List.of(nodes.split(",", -1)));
        List<Swapping.Way> back = chosen.stream()
                .map(node -> new Swapping.Way(
                        node.name(),
                        Names.slot(node, slot).application(),
                        id.isEmpty() || chosen.size() == 1 ? id : id + "/" + node.name()))
                .toList();
        return new Swapping(container.swaps(), here).back(back);
    }
}
