package ioverlay.observer.rollout;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.Rollouts;
import ioverlay.observer.web.Answer;
import ioverlay.observer.web.Problem;
import ioverlay.observer.web.Request;
import ioverlay.observer.web.Routes;
import java.io.IOException;
import java.util.function.BiFunction;

/** Rollouts over REST. */
public final class RolloutResources {
    private static final int MAX_PLAN_BYTES = 1 << 20;

    private final Rollouts rollouts;

    /** Of these. */
    public RolloutResources(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /** Where they are. */
    public void addTo(Routes routes) {
        routes.add("GET", "/api/rollouts", request -> all());
        routes.add("POST", "/api/rollouts", this::start);
        routes.add("GET", "/api/rollouts/{id}", request -> Answer.of(RolloutJson.of(found(request))));
        routes.add("POST", "/api/rollouts/{id}/pause", request -> command(request, rollouts::pause));
        routes.add("POST", "/api/rollouts/{id}/resume", request -> command(request, rollouts::resume));
        routes.add("POST", "/api/rollouts/{id}/abort", request -> command(request, rollouts::abort));
    }

    private Answer all() {
        JsonArray array = new JsonArray();
        rollouts.rollouts().forEach(rollout -> array.add(RolloutJson.of(rollout)));
        JsonObject json = new JsonObject();
        json.add("rollouts", array);
        return Answer.of(json);
    }

    private Answer start(Request request) throws IOException {
        RolloutPlan plan;
        JsonObject json = request.json(MAX_PLAN_BYTES);
        try {
            plan = PlanJson.parse(json);
        } catch (RefusedException e) {
            throw new Problem(400, String.valueOf(e.getMessage()));
        }
        try {
            return Answer.of(201, RolloutJson.of(rollouts.start(plan, request.who())));
        } catch (RefusedException e) {
            throw new Problem(409, String.valueOf(e.getMessage()));
        }
    }

    private Rollout found(Request request) {
        String id = request.path("id");
        if (!id.matches("\\d{1,18}")) {
            throw missing(id);
        }
        return rollouts.rollout(Long.parseLong(id)).orElseThrow(() -> missing(id));
    }

    private Answer command(Request request, BiFunction<Long, String, Rollout> command) {
        long id = found(request).id();
        try {
            return Answer.of(RolloutJson.of(command.apply(id, request.who())));
        } catch (RefusedException e) {
            throw new Problem(409, String.valueOf(e.getMessage()));
        }
    }

    private static Problem missing(String id) {
        return new Problem(404, "there is no rollout '" + id + "'");
    }
}
