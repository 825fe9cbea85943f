package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.NodeStatus;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:measure}. */
@CommandLine.Command(
        name = "measure",
        description = "Measures the way from a node to another, also one that it has no link to.",
        footer = {"", "Takes at most 5 s, with --bandwidth 10 s. Gives a Measurement."})
final class MeasureCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODE", description = "From there: its name, or its address and port.")
    private String node = "";

    @Parameters(index = "1", paramLabel = "PEER", description = "To there: likewise, or a node of another container.")
    private String peer = "";

    @Option(names = "--bandwidth", description = "How much would go there per second, too: that sends up to 64 KB.")
    private boolean bandwidth;

    @Override
    Object run(Container container, Here here) {
        NodeStatus status = Names.node(container.nodes(), node);
        NodeId other = Names.peer(container.nodes(), peer);
        Measurement measured = container.network().measure(status.name(), other, bandwidth);
        if (!measured.failure().isEmpty()) {
            throw new Failed("from " + status.name() + " to " + other + " nothing was measured: "
                    + Cell.harmless(measured.failure()));
        }
        return measured;
    }

    static String sentence(Measurement measured) {
        StringBuilder sentence = new StringBuilder("to ").append(measured.peer());
        measured.roundTripMicros()
                .ifPresent(micros -> sentence.append(": round trip ").append(Units.micros(Math.round(micros))));
        measured.bytesPerSecond()
                .ifPresent(rate -> sentence.append(", available ").append(Units.rate(rate)));
        return sentence.toString();
    }
}
