package ioverlay.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who observes the nodes of this container.
 *
 * @param page its address, if the page is shown here
 * @param observer where nodes register, if anywhere
 * @param sentences for whoever started it
 * @param registration waits until nodes are registered
 */
record Watched(Optional<URI> page, Optional<NodeId> observer, List<String> sentences, Registration registration) {
    /** Nobody. */
    static final Watched NOT = new Watched(Optional.empty(), Optional.empty(), List.of(), nodes -> {});

    Watched {
        sentences = List.copyOf(sentences);
    }

    /** Tells whoever started it. */
    void show(PrintStream out) {
        page.ifPresent(address -> out.println("page     " + address));
        observer.ifPresent(address -> out.println(
                "observer " + address + " (other containers: run/overlay node --observer " + address + ")"));
        sentences.forEach(out::println);
    }

    /** What the ready file says. */
    JsonObject ready(List<NodeId> nodes) {
        JsonObject content = new JsonObject();
        content.addProperty("web", page.map(URI::toString).orElse(null));
        content.addProperty("observer", observer.map(NodeId::toString).orElse(null));
        JsonArray ids = new JsonArray();
        nodes.forEach(node -> ids.add(node.toString()));
        content.add("nodes", ids);
        return content;
    }

    /** Whether nodes are known to their observer. */
    @FunctionalInterface
    interface Registration {
        /**
         * Returns when all are.
         *
         * @throws FailedException if one is not after a while
         */
        void await(List<NodeId> nodes) throws InterruptedException;
    }
}
