package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:remove}. */
@CommandLine.Command(name = "remove", description = "Ends nodes gracefully, with their links, slots and applications.")
final class RemoveCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODES", description = "A node, several with commas between them, or all.")
    private String nodes = "";

    @Override
    Object run(Container container, Here here) {
        List<String> names = Names.nodes(container.nodes(), List.of(nodes.split(",", -1))).stream()
                .map(NodeStatus::name)
                .toList();
        names.forEach(container.nodes()::remove);
        return "removed: " + String.join(", ", names);
    }
}
