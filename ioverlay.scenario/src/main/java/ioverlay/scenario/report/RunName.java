package ioverlay.scenario.report;

import com.google.gson.JsonElement;
import ioverlay.scenario.plan.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run is called among those of one command.
 *
 * @param name that no other has: the scenario's, the variables in which runs of the same name differ, and their seed or else
 *     their number, as far as that is needed: {@code my 40KB/s (seed 2)}
 * @param kin the same without seed and number
 */
public record RunName(String name, String kin) {
    /** Names for these runs, in their order. */
    public static List<RunName> of(List<Scenario> runs) {
        List<String> kin = runs.stream().map(run -> kin(run, runs)).toList();
        List<RunName> names = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            String own = kin.get(i);
            List<Integer> same = new ArrayList<>();
            for (int k = 0; k < runs.size(); k++) {
                if (kin.get(k).equals(own)) {
                    same.add(k);
                }
            }
            Set<Long> seeds = same.stream().map(k -> runs.get(k).seed()).collect(Collectors.toSet());
            String mark =
                    seeds.size() == same.size() ? "seed " + runs.get(i).seed() : String.valueOf(same.indexOf(i) + 1);
            names.add(new RunName(same.size() == 1 ? own : own + " (" + mark + ")", own));
        }
        return names;
    }

    private static String kin(Scenario run, List<Scenario> runs) {
        List<Scenario> alike =
                runs.stream().filter(other -> other.name().equals(run.name())).toList();
        StringBuilder kin = new StringBuilder(run.name());
        for (String key : run.variables().keySet()) {
            JsonElement value = run.variables().get(key);
            if (alike.stream().anyMatch(other -> !value.equals(other.variables().get(key)))) {
                kin.append(' ').append(value.isJsonPrimitive() ? value.getAsString() : value.toString());
            }
        }
        return kin.toString();
    }
}
