package ioverlay.algo.coding.rlnc;

import ioverlay.api.NodeId;

/**
 * What one source sends in one session.
 *
 * @param originator the source
 * @param application the session's number
 */
record StreamId(NodeId originator, int application) {}
