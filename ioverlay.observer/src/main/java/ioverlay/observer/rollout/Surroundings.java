package ioverlay.observer.rollout;

import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.history.Documents;
import ioverlay.observer.history.Log;
import ioverlay.observer.repository.Bundles;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What a rollout acts on.
 *
 * @param fleet the nodes
 * @param bundles that were uploaded
 * @param documents where it is written down before it acts
 * @param clock wall clock, for times that are shown: somebody may set it
 * @param upMillis how long this observer has been there, above 0: what only grows, for all that lasts
 * @param log of what happened
 */
public record Surroundings(
        Fleet fleet, Bundles bundles, Documents documents, InstantSource clock, LongSupplier upMillis, Log log) {}
