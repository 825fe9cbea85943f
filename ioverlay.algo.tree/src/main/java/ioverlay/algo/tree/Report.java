package ioverlay.algo.tree;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node tells its parent and its children.
 *
 * @param vitals its own
 * @param rooted whether its way up ends at the source, as far as it knows
 * @param path its parent, that one's parent, and so on up to the source
 * @param children theirs
 * @param source that it knows of, as text; may be empty
 * @param above its parent's vitals, if it has one that has spoken
 */
record Report(
        Vitals vitals,
        boolean rooted,
        List<NodeId> path,
        List<Vitals> children,
        String source,
        Optional<Vitals> above) {
    /** More children are not told: a parent of so many is no choice for anybody. */
    private static final int MOST_CHILDREN = 256;

    Report {
        path = List.copyOf(path);
        children = List.copyOf(children);
    }

    NodeId node() {
        return vitals.node();
    }

    JsonObject toJson() {
        JsonObject json = vitals.toJson();
        json.addProperty("rooted", rooted);
        json.add("path", Word.ofNodes(path));
        JsonArray list = new JsonArray();
        children.stream().limit(MOST_CHILDREN).forEach(child -> list.add(child.toJson()));
        json.add("children", list);
        json.addProperty("source", source);
        above.ifPresent(parent -> json.add("above", parent.toJson()));
        return json;
    }

    /** As {@code from} says, whatever the word claims about whose it is. */
    static Report read(JsonObject json, NodeId from) {
        Vitals said = Vitals.read(json);
        List<Vitals> children = new ArrayList<>();
        for (JsonElement child : Word.array(json, "children")) {
            children.add(Vitals.read(child.getAsJsonObject()));
        }
        return new Report(
                new Vitals(from, said.degree(), said.rate()),
                Word.flag(json, "rooted"),
                Word.nodes(json, "path"),
                children,
                Word.text(json, "source"),
                Optional.ofNullable(json.getAsJsonObject("above")).map(Vitals::read));
    }
}
