package ioverlay.bench.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.bench.BenchCommand;
import ioverlay.bench.Conditions;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bench soak} found.
 *
 * @param options what was asked for
 * @param deeds what was done
 * @param graceful link ends by BYE, each side counted
 * @param failed link ends without
 * @param undialled links that never opened: the node was killed or had just left
 * @param lostToKilled messages that were given to links to nodes that were killed, and are not acknowledged
 * @param mostAtOnce of these, on one link at one kill
 * @param before the footprint after a short rehearsal
 * @param after the footprint at the end
 * @param findings what was wrong, as sentences
 */
record SoakReport(
        SoakOptions options,
        Deeds deeds,
        long graceful,
        long failed,
        long undialled,
        long lostToKilled,
        long mostAtOnce,
        Footprint before,
        Footprint after,
        List<String> findings,
        Conditions conditions)
        implements BenchCommand.Report {
    private static final int MOST_SHOWN = 20;

    SoakReport {
        findings = List.copyOf(findings);
    }

    static SoakReport of(
            SoakOptions options, SeasonReport season, Footprint before, Footprint after, List<String> findings) {
        List<String> killed =
                season.victims().stream().map(victim -> victim.id().toString()).toList();
        return new SoakReport(
                options,
                season.deeds(),
                season.ends().graceful(),
                season.ends().failed(),
                season.ends().undialled(),
                killed.stream().mapToLong(season.ends()::lostTo).sum(),
                killed.stream().mapToLong(season.ends()::mostLostAtOnce).max().orElse(0),
                before,
                after,
                findings,
                Conditions.here());
    }

    /** Whether there is nothing to find. */
    @Override
    public boolean passed() {
        return findings.isEmpty();
    }

    @Override
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("passed", passed());
        json.addProperty("seconds", options.time().toSeconds());
        json.addProperty("nodes", options.nodes());
        json.addProperty("seed", options.seed());
        json.add("done", deeds.toJson());
        JsonObject links = new JsonObject();
        links.addProperty("closed", graceful);
        links.addProperty("failed", failed);
        links.addProperty("undialled", undialled);
        json.add("linkEnds", links);
        JsonObject kills = new JsonObject();
        kills.addProperty("lost", lostToKilled);
        kills.addProperty("mostAtOnce", mostAtOnce);
        kills.addProperty("mostAtOnceBound", Killings.MOST_LOST);
        json.add("killed", kills);
        json.add("before", before.toJson());
        json.add("after", after.toJson());
        JsonArray wrong = new JsonArray();
        findings.forEach(wrong::add);
        json.add("findings", wrong);
        conditions.writeTo(json);
        return json;
    }

    /** For a person. */
    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("  done      " + deeds + "; " + deeds.messages + " messages arrived");
        lines.add("  links     " + graceful + " ends with BYE, compared with what the other side counted; " + failed
                + " without, " + undialled + " of them never opened");
        lines.add("  kills     at most " + mostAtOnce + " messages lost on one link, " + Killings.MOST_LOST
                + " is the bound; " + lostToKilled + " counted in all, those sent while nobody was there included");
        lines.add("  before    " + before);
        lines.add("  after     " + after);
        lines.add("");
        findings.stream().limit(MOST_SHOWN).forEach(finding -> lines.add("wrong: " + finding));
        if (findings.size() > MOST_SHOWN) {
            lines.add("wrong: and " + (findings.size() - MOST_SHOWN) + " more");
        }
        lines.add(passed() ? "passed: nothing is left, nothing stands still, nothing is missing" : "failed");
        return lines;
    }
}
