package ioverlay.scenario.plan;

import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The ids that anything of a file can be measured of: those that a node has as a slot or an application, and those that the time
 * line starts or swaps.
 *
 * @param known ids
 * @param isOpen whether a slot 0 serves whatever comes, so that more of them have a topology
 */
record Applications(NavigableSet<Long> known, boolean isOpen) {
    private static final int MOST_SAID = 20;

    /** Those that are written there, whatever else is wrong with it. */
    static Applications of(List<Value> nodes, List<Value> timeLine) {
        NavigableSet<Long> known = new TreeSet<>();
        for (Value node : nodes) {
            for (String member : List.of("slots", "applications")) {
                Optional.ofNullable(node.members().get(member))
                        .ifPresent(all -> all.members().keySet().stream()
                                .filter(id -> id.matches("[0-9]{1,10}"))
                                .map(Long::valueOf)
                                .forEach(known::add));
            }
        }
        for (Value entry : timeLine) {
            Value id = entry.members().get("application");
            if (id != null && id.isNumber() && isMade(entry.members().get("do"))) {
                known.add(id.scalar().getAsLong());
            }
        }
        boolean isOpen = known.remove(0L);
        return new Applications(known, isOpen);
    }

    private static boolean isMade(@org.jspecify.annotations.Nullable Value verb) {
        return verb != null
                && verb.isText()
                && List.of(Verb.START.word(), Verb.SWAP.word(), Verb.ROLLOUT.word())
                        .contains(verb.scalar().getAsString());
    }

    /** Refuses one that nobody has: of that, every measurement would be 0. */
    void check(Value at, long application, What what) {
        boolean isOfData = switch (what) {
            case THROUGHPUT, RECEIVED, SENT, MESSAGES, COUNT, GAP -> true;
            default -> false;
        };
        if (application != 0 && !known.contains(application) && (isOfData || !isOpen)) {
            throw new Wrong(at.place(), "no node has an application " + application + there(application));
        }
    }

    private String there(long application) {
        if (known.isEmpty() || known.size() > MOST_SAID) {
            return known.stream()
                    .min((one, other) -> Long.compare(Math.abs(one - application), Math.abs(other - application)))
                    .map(near -> "; the nearest is " + near)
                    .orElse(", nor any other");
        }
        return "; there is " + known.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
