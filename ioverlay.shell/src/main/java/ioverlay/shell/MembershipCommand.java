package ioverlay.shell;

import ioverlay.api.Message;
import ioverlay.api.MessageBuilder;
import ioverlay.api.container.NodeStatus;
import java.util.ArrayList;
import java.util.List;

/** Tells nodes to join an application or to leave it. */
abstract class MembershipCommand extends Command {
    /** Tells all of them, if each has a slot that serves the application; else none. */
    static String tell(Container container, String nodes, int type, int application, String payload) {
        List<NodeStatus> chosen = Names.nodes(container.nodes(), List.of(nodes.split(",", -1)));
        List<String> names = new ArrayList<>();
        for (NodeStatus node : chosen) {
            if (node.slots().stream().noneMatch(slot -> slot.application() == application || slot.application() == 0)) {
                throw new Failed("node '" + node.name() + "' has no slot that serves application "
                        + States.id(application) + ", and nobody was told");
            }
            names.add(node.name());
        }
        for (NodeStatus node : chosen) {
            MessageBuilder message = Message.builder(node.id(), type).application(application);
            container.nodes().tell(node.name(), (payload.isEmpty() ? message : message.payload(payload)).build());
        }
        return "told: " + String.join(", ", names);
    }
}
