package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import java.util.Map;

/** The commands to the container, see {@code docs/commands.md}; but for those that bring a bundle, which need their line. */
final class HomeVerbs {
    private final Services services;

    HomeVerbs(Services services) {
        this.services = services;
    }

    /** By what {@code do} says. */
    Map<String, Verb> all() {
        return Map.of(
                "create", Verb.changesAndTells(this::create, NodeDraft.MEMBERS),
                "algorithms",
                        Verb.tells((none, demand) ->
                                Answers.offers(services.repository().algorithms())),
                "retired",
                        Verb.tells((none, demand) ->
                                Answers.retired(services.repository().retired())),
                "types",
                        Verb.tells((none, demand) ->
                                Answers.texts("applications", services.nodes().applicationTypes())));
    }

    private JsonElement create(String none, Demand demand) {
        NodeDraft draft = NodeDraft.of(demand);
        NodeStatus made = services.nodes().create(draft.spec());
        try {
            for (ApplicationSpec application : draft.applications()) {
                services.nodes().start(made.name(), application);
            }
        } catch (RefusedException e) {
            services.nodes().remove(made.name()); // all of it, or nothing
            throw e;
        }
        return services.nodes().status(made.name()).map(NodeStatus::toJson).orElseGet(JsonObject::new);
    }
}
