package ioverlay.observer.rollout;

import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.history.Documents;
import ioverlay.observer.history.Log;
import ioverlay.observer.repository.Bundles;
import java.time.InstantSource;

/**
 * What a rollout acts on.
 *
 * @param fleet the nodes
 * @param bundles that were uploaded
 * @param documents where it is written down before it acts
 * @param clock wall clock: what is written down outlives the process
 * @param log of what happened
 */
public record Surroundings(Fleet fleet, Bundles bundles, Documents documents, InstantSource clock, Log log) {}
