package ioverlay.shell;

import ioverlay.api.MessageType;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code overlay:leave}. */
@CommandLine.Command(
        name = "leave",
        description = "Tells nodes to leave an application; what that means is their algorithm's.",
        footer = {"", "Sends the control message LEAVE to the slot that serves the application. Gives a sentence."})
final class LeaveCommand extends MembershipCommand {
    @Parameters(index = "0", paramLabel = "NODES", description = "A node, several with commas between them, or all.")
    private String nodes = "";

    @Parameters(index = "1", paramLabel = "APP", description = "The application's id.")
    private String application = "";

    @Override
    Object run(Container container, Here here) {
        return tell(container, nodes, MessageType.LEAVE, Texts.application(application, 1), "");
    }
}
