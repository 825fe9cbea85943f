package ioverlay.bench.soak;

import java.util.List;

/**
 * What a season was.
 *
 * @param deeds what was done
 * @param ends of links
 * @param victims that were killed
 * @param findings what was wrong, as sentences
 */
record SeasonReport(Deeds deeds, Ends ends, List<Killings> victims, List<String> findings) {
    SeasonReport {
        victims = List.copyOf(victims);
        findings = List.copyOf(findings);
    }
}
