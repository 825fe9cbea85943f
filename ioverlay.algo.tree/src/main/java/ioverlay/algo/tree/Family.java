package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node's place in the tree: its parent, its children, and what each last said of itself. */
final class Family {
    /** The most children: with them, messages of up to 40 KB stay below what one call may send. */
    static final int MOST_CHILDREN = 100;

    private Optional<NodeId> parent = Optional.empty();
    private Optional<Report> above = Optional.empty();
    private final Map<NodeId, Vitals> children = new LinkedHashMap<>();

    Optional<NodeId> parent() {
        return parent;
    }

    boolean isParent(NodeId node) {
        return parent.isPresent() && parent.get().equals(node);
    }

    boolean isChild(NodeId node) {
        return children.containsKey(node);
    }

    void adopt(NodeId newParent) {
        children.remove(newParent);
        parent = Optional.of(newParent);
        above = Optional.empty();
    }

    void orphan() {
        parent = Optional.empty();
        above = Optional.empty();
    }

    /** There is nobody. */
    void clear() {
        orphan();
        children.clear();
    }

    /** What the parent said last. */
    Optional<Report> above() {
        return above;
    }

    /** The way up as far as it is known, the parent first. */
    List<NodeId> path() {
        List<NodeId> path = new ArrayList<>();
        parent.ifPresent(path::add);
        above.ifPresent(report -> path.addAll(report.path()));
        return path;
    }

    boolean hasRoom() {
        return children.size() < MOST_CHILDREN;
    }

    void bear(Vitals child) {
        children.put(child.node(), child);
    }

    /** Whether it was one. */
    boolean lose(NodeId child) {
        return children.remove(child) != null;
    }

    List<NodeId> children() {
        return List.copyOf(children.keySet());
    }

    List<Vitals> vitals() {
        return List.copyOf(children.values());
    }

    int degree() {
        return children.size() + (parent.isPresent() ? 1 : 0);
    }

    /** The parent said how it is. */
    void heardParent(Report report) {
        above = Optional.of(report);
    }

    /** A child said how it is; whether it is one. */
    boolean heardChild(Vitals child) {
        return children.replace(child.node(), child) != null;
    }
}
