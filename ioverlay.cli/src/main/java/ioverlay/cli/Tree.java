package ioverlay.cli;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The demo's topology: a binary tree whose first node is the source. Nodes are counted from 0 in the order of a heap.
 *
 * @param size nodes, {@value #LEAST} to {@value #MOST}
 */
record Tree(int size) {
    static final int LEAST = 2;
    static final int MOST = 64;
    static final int ROOT = 0;

    private static final int BRANCHES = 2;

    Tree {
        if (size < LEAST || size > MOST) {
            throw new IllegalArgumentException("a tree has " + LEAST + " to " + MOST + " nodes, not " + size);
        }
    }

    /** Names in order: n1, n2, … */
    List<String> names() {
        return IntStream.range(0, size).mapToObj(Tree::name).toList();
    }

    /** The name of one node. */
    static String name(int node) {
        return "n" + (node + 1);
    }

    /** Whom a node sends to. */
    List<Integer> children(int node) {
        return IntStream.rangeClosed(BRANCHES * node + 1, BRANCHES * node + BRANCHES)
                .filter(child -> child < size)
                .boxed()
                .toList();
    }

    /** All but the source. */
    List<String> receivers() {
        return names().subList(1, size);
    }
}
