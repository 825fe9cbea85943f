package ioverlay.algo.coding;

/** What a node does in the network of the paper's Fig. 4. */
enum Role {
    /** Sends even messages one way, odd ones the other. */
    SOURCE,
    /** Passes on what comes. */
    HELPER,
    /** Gets both streams, and has room for one on the way to others. */
    CODER,
    /** Gets one stream and what the coder makes of both. */
    DECODER
}
