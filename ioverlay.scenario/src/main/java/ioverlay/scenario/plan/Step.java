package ioverlay.scenario.plan;

import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.text.Place;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the time line.
 *
 * @param place where it stands
 * @param seconds its moment
 * @param isAfter whether that counts from the end of the entry before, else from the start
 * @param verb what is done
 * @param acts by which nodes
 * @param mark the name of the moment at which it was done, or empty
 * @param note for a person, or empty
 * @param mayFail whether the scenario goes on as if nothing was, if it is refused
 * @param outcome that a swap must have
 * @param condition that is waited for
 * @param limit how many seconds it is waited for
 */
public record Step(
        Place place,
        double seconds,
        boolean isAfter,
        Verb verb,
        List<Act> acts,
        String mark,
        String note,
        boolean mayFail,
        Outcome outcome,
        Optional<Assertion> condition,
        double limit) {}
