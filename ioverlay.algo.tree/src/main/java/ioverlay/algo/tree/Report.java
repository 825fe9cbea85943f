package ioverlay.algo.tree;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a node tells its children; its parent hears the vitals alone.
 *
 * @param vitals its own
 * @param rooted whether its way up ends at the source, as far as it knows
 * @param path its parent, that one's parent, and so on up to the source
 * @param children theirs
 * @param source that it knows of, as text; may be empty
 * @param reign the number of that one's reign; 0 if it is not known
 * @param above its parent's vitals, if it has one that has spoken
 */
record Report(
        Vitals vitals,
        boolean rooted,
        List<NodeId> path,
        List<Vitals> children,
        String source,
        long reign,
        Optional<Vitals> above) {
    /** More children are not told: among so many of the least stressed there is one to move to. */
    private static final int MOST_CHILDREN = 8;

    Report {
        path = List.copyOf(path);
        children = List.copyOf(children);
    }

    /** Of a version that knows of no reigns. */
    Report(
            Vitals vitals,
            boolean rooted,
            List<NodeId> path,
            List<Vitals> children,
            String source,
            Optional<Vitals> above) {
        this(vitals, rooted, path, children, source, 0, above);
    }

    NodeId node() {
        return vitals.node();
    }

    JsonObject toJson() {
        JsonObject json = vitals.toJson();
        json.addProperty("rooted", rooted);
        json.add("path", Word.ofNodes(path));
        JsonArray list = new JsonArray();
        children.stream()
                .sorted(Comparator.comparingDouble(Vitals::stress))
                .limit(MOST_CHILDREN)
                .forEach(child -> list.add(child.toNamedJson()));
        json.add("children", list);
        json.addProperty("source", source);
        json.addProperty("reign", reign);
        above.ifPresent(parent -> json.add("above", parent.toNamedJson()));
        return json;
    }

    /** As a parent says. */
    static Report read(JsonObject json, NodeId from) {
        List<Vitals> children = new ArrayList<>();
        for (JsonElement child : Word.array(json, "children")) {
            children.add(Vitals.readNamed(child.getAsJsonObject()));
        }
        return new Report(
                Vitals.read(json, from),
                Word.flag(json, "rooted"),
                Word.nodes(json, "path"),
                children,
                Word.text(json, "source"),
                Word.reign(json),
                Optional.ofNullable(json.get("above"))
                        .map(JsonElement::getAsJsonObject)
                        .map(Vitals::readNamed));
    }
}
