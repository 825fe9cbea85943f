package ioverlay.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the demo has shown.
 *
 * @param fileBytes size of the file
 * @param sha256 of the file
 * @param rows one for each node, the source first
 * @param messages counted at the source and at the receivers
 * @param swaps all that ended, in their order
 * @param plannedSwaps how many there should be
 * @param faults what else went wrong, a sentence each
 */
record DemoReport(
        long fileBytes,
        String sha256,
        List<NodeRow> rows,
        Messages messages,
        List<Swapped> swaps,
        int plannedSwaps,
        List<String> faults) {
    DemoReport {
        rows = List.copyOf(rows);
        swaps = List.copyOf(swaps);
        faults = List.copyOf(faults);
    }

    boolean passed() {
        return failures().isEmpty();
    }

    /** One line: passed, or what failed and why. */
    String summary() {
        List<String> failures = failures();
        if (failures.isEmpty()) {
            return "passed: %d of %d copies intact, %d swaps in flow; 0 lost, duplicated, reordered"
                    .formatted(intact(), receivers(), swaps.size());
        }
        return "FAILED: " + String.join("; ", failures);
    }

    /** Everything that keeps the demo from having passed, the root of it first. */
    List<String> failures() {
        List<String> failures = new ArrayList<>(faults);
        for (Swapped swap : swaps) {
            String what = swap.node() + " " + swap.from() + " to " + swap.to();
            if (!swap.switched()) {
                failures.add("the swap " + what + " was "
                        + swap.outcome().name().toLowerCase(Locale.ROOT) + ": " + swap.sentence());
            } else if (!swap.whileFlowing(fileBytes)) {
                failures.add("the swap " + what + " was over only at byte " + swap.atByte() + " of " + fileBytes);
            }
        }
        if (swaps.size() != plannedSwaps) {
            failures.add("only " + swaps.size() + " of " + plannedSwaps + " swaps happened");
        }
        rows.stream().filter(row -> !row.intact()).forEach(row -> failures.add(row.name() + "'s copy is not the file"));
        count(failures, messages.lost(), "lost");
        count(failures, messages.duplicated(), "duplicated");
        count(failures, messages.reordered(), "reordered");
        return failures;
    }

    private static void count(List<String> failures, long messages, String what) {
        if (messages != 0) {
            failures.add(messages + " messages " + what);
        }
    }

    private long receivers() {
        return rows.stream().filter(NodeRow::receives).count();
    }

    private long intact() {
        return rows.stream().filter(row -> row.receives() && row.intact()).count();
    }

    JsonObject toJson() {
        JsonObject file = new JsonObject();
        file.addProperty("bytes", fileBytes);
        file.addProperty("sha256", sha256);
        file.addProperty("receivers", receivers());
        file.addProperty("intact", intact());
        JsonArray list = new JsonArray();
        swaps.forEach(swap -> list.add(swap.toJson()));
        JsonObject json = new JsonObject();
        json.addProperty("passed", passed());
        json.add("file", file);
        json.add("messages", messages.toJson());
        json.add("swaps", list);
        return json;
    }
}
