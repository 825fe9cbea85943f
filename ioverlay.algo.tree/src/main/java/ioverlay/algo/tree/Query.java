package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;

/**
 * A node looks for a parent: sQuery.
 *
 * @param joiner who
 * @param request its id there
 * @param hops how often it was passed on
 * @param family whether the joiner brings children along, so that a loop is possible
 * @param limit a parent whose stress would not be below it, with the joiner, is no improvement
 */
record Query(NodeId joiner, int request, int hops, boolean family, double limit) {
    /** Beyond, the node that has it takes the joiner: what neighbours said of themselves was too old. */
    static final int MOST_HOPS = 32;

    static Query read(JsonObject body) {
        return new Query(
                Word.node(body, "joiner"),
                Word.number(body, "request"),
                Word.number(body, "hops"),
                Word.flag(body, "family"),
                body.has("limit") ? Word.real(body, "limit") : Double.MAX_VALUE);
    }

    JsonObject toJson() {
        JsonObject body = new JsonObject();
        body.addProperty("joiner", joiner.toString());
        body.addProperty("request", request);
        body.addProperty("hops", hops);
        body.addProperty("family", family);
        if (isChoice()) {
            body.addProperty("limit", limit);
        }
        return body;
    }

    Query passedOn() {
        return new Query(joiner, request, hops + 1, family, limit);
    }

    /** Whether the joiner has a parent already, and wants this node or none. */
    boolean isChoice() {
        return limit != Double.MAX_VALUE;
    }
}
