package ioverlay.shell;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:status}. */
@CommandLine.Command(
        name = "status",
        description = "Shows all that a node says of itself: slots, links, applications, counters, pauses of swaps.",
        footer = {"", "Gives a NodeStatus."})
final class StatusCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
    private String node = "";

    @Override
    Object run(Container container, Here here) {
        return Names.node(container.nodes(), node);
    }
}
