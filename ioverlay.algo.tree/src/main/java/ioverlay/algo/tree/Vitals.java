package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;

/**
 * How a node of the tree is.
 *
 * @param node which one
 * @param degree links of the tree that it has
 * @param rate of its last mile, in bytes per second; 0 if it is not known yet
 */
record Vitals(NodeId node, int degree, double rate) {
    /** Per 100 KBps, as in the paper's table 3. */
    private static final double UNIT = 100_000;

    /** Node stress (paper, section 3.2): degree by last mile, per 100 KBps. Without a known last mile nobody is chosen. */
    double stress() {
        return stress(degree);
    }

    /** With one more child. */
    double stressWithChild() {
        return stress(degree + 1);
    }

    private double stress(int links) {
        return rate == 0 ? Double.MAX_VALUE : links * UNIT / rate;
    }

    /** Without whose they are; the rate in whole bytes, since every word costs the last mile that it is about. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("degree", degree);
        json.addProperty("rate", Math.round(rate));
        return json;
    }

    /** With whose they are. */
    JsonObject toNamedJson() {
        JsonObject json = toJson();
        json.addProperty("node", node.toString());
        return json;
    }

    static Vitals read(JsonObject json, NodeId node) {
        int degree = Word.number(json, "degree");
        if (degree < 0) {
            throw new IllegalArgumentException("a degree is not negative, not " + degree);
        }
        return new Vitals(node, degree, Word.real(json, "rate"));
    }

    static Vitals readNamed(JsonObject json) {
        return read(json, Word.node(json, "node"));
    }
}
