package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One command that the observer may give.
 *
 * @param members that it may have, besides {@code do} and {@code node}
 * @param isInOrder whether commands of this kind to one node act in the order in which they came
 * @param order does it
 */
record Verb(Set<String> members, boolean isInOrder, Order order) {
    /** Does what a command asks for. */
    @FunctionalInterface
    interface Order {
        /**
         * Does it.
         *
         * @param node it goes to; empty if it goes to the container
         * @return what is answered, now or later
         * @throws ioverlay.api.container.RefusedException with a sentence; nothing was changed
         */
        CompletableFuture<JsonElement> obey(String node, Demand demand);
    }

    /** Does it, and the answer is there at once. */
    @FunctionalInterface
    interface Prompt {
        /** As {@link Order#obey}. */
        JsonElement obey(String node, Demand demand);
    }

    /** Does it, and there is nothing to say. */
    @FunctionalInterface
    interface Silent {
        /** As {@link Order#obey}. */
        void obey(String node, Demand demand);
    }

    static Verb changes(Silent order, String... members) {
        return new Verb(Set.of(members), true, (node, demand) -> {
            order.obey(node, demand);
            return CompletableFuture.completedFuture(new JsonObject());
        });
    }

    static Verb changesAndTells(Prompt order, String... members) {
        return new Verb(
                Set.of(members), true, (node, demand) -> CompletableFuture.completedFuture(order.obey(node, demand)));
    }

    static Verb tells(Prompt order, String... members) {
        return new Verb(
                Set.of(members), false, (node, demand) -> CompletableFuture.completedFuture(order.obey(node, demand)));
    }

    static Verb takesLong(Order order, String... members) {
        return new Verb(Set.of(members), true, order);
    }
}
