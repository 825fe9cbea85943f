package ioverlay.io.probe;

import ioverlay.api.NodeId;
import java.io.IOException;

/**
 * What the network that a node is to believe in does to a measurement: its caps hold for that, too.
 *
 * <p><b>Threads:</b> asked by those that measure; may wait for the node.
 */
public interface Conditions {
    /**
     * What holds now.
     *
     * @param bytesPerSecond the least of the caps on the way; 0 if there is none
     * @param waitNs until these caps allow something
     * @param latencyNs by which what is sent arrives later
     */
    record Terms(long bytesPerSecond, long waitNs, long latencyNs) {
        /** A network as it is. */
        public static final Terms NONE = new Terms(0, 0, 0);
    }

    /**
     * Charges the caps and says what holds.
     *
     * @param outward to the peer, or from it
     * @param bytes that are charged; 0 only asks
     * @throws IOException a sentence, if the node does not answer
     */
    Terms of(NodeId peer, boolean outward, int bytes) throws IOException;
}
