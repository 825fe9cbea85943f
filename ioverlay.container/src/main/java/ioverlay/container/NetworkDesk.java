package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.Network;

/** Passes on what is asked of a node's network. */
final class NetworkDesk implements Network {
    private final Directory directory;

    NetworkDesk(Directory directory) {
        this.directory = directory;
    }

    @Override
    public Emulation emulate(String node, JsonObject change) {
        return directory.require(node).node().emulate(change);
    }

    @Override
    public Measurement measure(String node, NodeId peer, boolean bandwidth) {
        return directory.require(node).node().measure(peer, bandwidth);
    }

    @Override
    public void weigh(String node, int application, NodeId upstream, int weight) {
        directory.require(node).node().weigh(application, upstream, weight);
    }
}
