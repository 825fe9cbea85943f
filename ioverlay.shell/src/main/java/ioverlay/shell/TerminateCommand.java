package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:terminate}. */
@CommandLine.Command(
        name = "terminate",
        description = "Ends nodes gracefully, or with --app a source or another application there.",
        footer = {
            "",
            "What is under way still arrives. Links that only served a source that has ended are torn down hop by hop,"
                    + " none other. Gives a sentence."
        })
final class TerminateCommand extends Command {
    @Parameters(index = "0", paramLabel = "NODES", description = "A node, several with commas between them, or all.")
    private String nodes = "";

    @Option(names = "--app", paramLabel = "APP", description = "Only this application, as app stop does.")
    private String application = "";

    @Override
    Object run(Container container, Here here) {
        List<String> names = Names.nodes(container.nodes(), List.of(nodes.split(",", -1))).stream()
                .map(NodeStatus::name)
                .toList();
        if (application.isEmpty()) {
            names.forEach(container.nodes()::remove);
            return "ended: " + String.join(", ", names);
        }
        int app = Texts.application(application, 1);
        names.forEach(name -> container.nodes().stop(name, app));
        return "ended: application " + States.id(app) + " at " + String.join(", ", names);
    }
}
