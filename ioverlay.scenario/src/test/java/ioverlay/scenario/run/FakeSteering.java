package ioverlay.scenario.run;

import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.plan.Verb;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.osgi.framework.Version;

/** Nodes that are nowhere and do whatever they are told. */
public class FakeSteering implements Steering {
    @Override
    public Map<String, Set<Version>> algorithms() {
        return Map.of("relay", Set.of(new Version("1.0.0")));
    }

    @Override
    public Set<String> applications() {
        return Set.of();
    }

    @Override
    public Set<String> containers() {
        return Set.of();
    }

    @Override
    public void deploy(Path bundle) {}

    @Override
    public void create(NodeSpec spec, String container) {}

    @Override
    public void remove(String node) {}

    @Override
    public void kill(String node) {}

    @Override
    public void start(String node, ApplicationSpec application) {}

    @Override
    public Effect obey(String node, Verb verb, JsonObject given, Outcome expected) {
        return Effect.of("did");
    }

    @Override
    public void statuses(Collection<String> nodes, BiConsumer<String, NodeStatus> seen) {}

    @Override
    public Listening listen(Consumer<Heard> listener) {
        return () -> {};
    }
}
