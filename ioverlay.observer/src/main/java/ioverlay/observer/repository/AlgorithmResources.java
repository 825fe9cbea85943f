package ioverlay.observer.repository;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.Repository;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.web.Answer;
import ioverlay.observer.web.Obeyed;
import ioverlay.observer.web.Problem;
import ioverlay.observer.web.Request;
import ioverlay.observer.web.Routes;
import java.io.IOException;
import java.io.InputStream;

/** Algorithms over REST: which there are, who runs which, and another one. */
public final class AlgorithmResources {
    private static final int LONGEST = 1024;

    private final Bundles bundles;
    private final Intake intake;
    private final Fleet fleet;
    private final Offers offers;

    /** Over these. */
    public AlgorithmResources(Bundles bundles, Intake intake, Fleet fleet) {
        this.bundles = bundles;
        this.intake = intake;
        this.fleet = fleet;
        this.offers = new Offers(bundles, fleet);
    }

    /** Where they are. */
    public void addTo(Routes routes) {
        routes.add("GET", "/api/algorithms", request -> Answer.of(offers.toJson()));
        routes.add("POST", "/api/algorithms", this::upload);
        routes.add("POST", "/api/containers/{id}/bundles", this::bring);
    }

    /** Into a container, without a swap: a rollout would bring it only where a node runs the algorithm already. */
    private Answer bring(Request request) throws IOException {
        JsonObject order = request.json(LONGEST);
        if (order.size() != 1 || !(order.get("sha256") instanceof JsonPrimitive digest)) {
            throw new Problem(400, "which bundle is brought is said as {\"sha256\":\"…\"}, and nothing else");
        }
        String home = request.path("id");
        if (fleet.homes().stream().noneMatch(one -> one.id().equals(home))) {
            throw new Problem(404, "no container '" + home + "' has a line to this observer");
        }
        Kept kept = bundles.all().stream()
                .filter(one -> one.sha256().equals(digest.getAsString()))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        404, "the repository has no bundle of that sha256; POST /api/algorithms uploads one"));
        JsonObject answer = new JsonObject();
        answer.addProperty("container", home);
        answer.addProperty("sha256", kept.sha256());
        answer.add(
                "result",
                Obeyed.await(fleet.bring(
                        home, kept.file(), kept.sha256(), kept.facts().toString(), request.who())));
        return Answer.of(answer);
    }

    private Answer upload(Request request) throws IOException {
        try (InputStream body = request.body(Repository.MAX_BUNDLE_BYTES)) {
            Bundles.Upload upload = intake.take(body, request.who());
            return Answer.of(upload.isNew() ? 201 : 200, upload.kept().toJson());
        }
    }
}
