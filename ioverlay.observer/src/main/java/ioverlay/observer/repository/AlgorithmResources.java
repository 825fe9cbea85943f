package ioverlay.observer.repository;

import com.google.gson.JsonObject;
import ioverlay.api.container.Repository;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.history.Log;
import ioverlay.observer.web.Answer;
import ioverlay.observer.web.Request;
import ioverlay.observer.web.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;

/** Algorithms over REST: which there are, who runs which, and another one. */
public final class AlgorithmResources {
    private final Bundles bundles;
    private final Offers offers;
    private final InstantSource clock;
    private final Log log;

    /** Over these. */
    public AlgorithmResources(Bundles bundles, Fleet fleet, InstantSource clock, Log log) {
        this.bundles = bundles;
        this.offers = new Offers(bundles, fleet, clock);
        this.clock = clock;
        this.log = log;
    }

    /** Where they are. */
    public void addTo(Routes routes) {
        routes.add("GET", "/api/algorithms", request -> Answer.of(offers.toJson()));
        routes.add("POST", "/api/algorithms", this::upload);
    }

    private Answer upload(Request request) throws IOException {
        try (InputStream body = request.body(Repository.MAX_BUNDLE_BYTES)) {
            Bundles.Upload upload = bundles.keep(body);
            JsonObject json = upload.kept().toJson();
            if (upload.isNew()) {
                String sentence = "uploaded " + upload.kept().facts() + " with "
                        + String.join(", ", upload.kept().facts().algorithms());
                log.add(new Happening(clock.instant(), "upload", "", "", request.who(), sentence, json));
            }
            return Answer.of(upload.isNew() ? 201 : 200, json);
        }
    }
}
