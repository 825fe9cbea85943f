package ioverlay.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the engine will say later: by time, then in the order in which it was noted. */
final class Agenda {
    private record Item(long dueNs, Runnable work) {}

    private final List<Item> items = new ArrayList<>();

    void add(long dueNs, Runnable work) {
        items.add(new Item(dueNs, work));
    }

    /** When the next is due. */
    Optional<Long> nextNs() {
        return next().map(Item::dueNs);
    }

    private Optional<Item> next() {
        return items.stream().min(Comparator.comparingLong(Item::dueNs)); // the first of equal ones
    }

    /** Does the next that is due; false if none is. */
    boolean doDue(long nowNs) {
        Optional<Item> due = next().filter(item -> item.dueNs <= nowNs);
        due.ifPresent(item -> {
            items.remove(item);
            item.work.run();
        });
        return due.isPresent();
    }
}
