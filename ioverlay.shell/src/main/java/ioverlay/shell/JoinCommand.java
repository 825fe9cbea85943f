package ioverlay.shell;

import ioverlay.api.MessageType;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:join}. */
@CommandLine.Command(
        name = "join",
        description = "Tells nodes to join an application; what that means is their algorithm's.",
        footer = {"", "Sends the control message JOIN to the slot that serves the application. Gives a sentence."})
final class JoinCommand extends MembershipCommand {
    @Parameters(index = "0", paramLabel = "NODES", description = "A node, several with commas between them, or all.")
    private String nodes = "";

    @Parameters(index = "1", paramLabel = "APP", description = "The application's id.")
    private String application = "";

    @Option(names = "--settings", paramLabel = "JSON", description = "What the algorithm is told with it.")
    private String settings = "";

    @Override
    Object run(Container container, Here here) {
        String payload = settings.isEmpty() ? "" : Texts.settings(settings).toString();
        return tell(container, nodes, MessageType.JOIN, Texts.application(application, 1), payload);
    }
}
