package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.engine.Candidate;

/**
 * An algorithm instance that has begun and checked itself and may now take a slot over.
 *
 * @param lease to be given back if it does not
 * @param settings that it began with
 * @param candidate as the engine knows it
 */
record Entrant(Lease<Algorithm> lease, JsonObject settings, Candidate candidate) {}
