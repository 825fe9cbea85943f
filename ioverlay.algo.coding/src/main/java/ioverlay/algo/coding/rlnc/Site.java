package ioverlay.algo.coding.rlnc;

import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The node, as the parts of the algorithm see it. */
interface Site {
    /** The node. */
    NodeId self();

    /** Nanoseconds since the node started. */
    long nowNs();

    /** The slot's generator. */
    RandomGenerator chance();

    /** What is set. */
    RlncSettings settings();

    /** What is counted. */
    Tally tally();

    /** Whether the present call may send so many bytes more of what can also be sent later. */
    boolean maySend(int bytes);

    /** Who has said that it sends to this node. */
    Set<NodeId> greeters();

    /** How many upstreams a neighbour has said that it has; 1 if it has said nothing. */
    int shareOf(NodeId downstream);

    /** Sends a packet to a neighbour. */
    void push(Message packet, NodeId destination);

    /** Gives a message to the local application. */
    void give(Message message);

    /** Tells a neighbour what has come and what is wanting. */
    void tell(Report report, NodeId upstream);

    /** Tells a node after this one where a generation ends. */
    void announce(Closing closing, NodeId downstream);

    /** Counts what was wrong, and names whose link brought it. */
    void fault(String what, NodeId link, String sentence);
}
