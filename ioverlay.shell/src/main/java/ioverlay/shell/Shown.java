package ioverlay.shell;

import java.util.AbstractList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What a command found: a list for a script, a table for a person.
 *
 * @param <T> of the items, a record of the api
 */
public final class Shown<T> extends AbstractList<T> {
    private final List<T> items;
    private final BiFunction<List<T>, Look, List<String>> drawn;

    Shown(List<T> items, BiFunction<List<T>, Look, List<String>> drawn) {
        this.items = List.copyOf(items);
        this.drawn = drawn;
    }

    /** A list that is shown as a table, or as a sentence if it is empty. */
    static <T> Shown<T> table(List<T> items, String none, BiFunction<List<T>, Look, Sheet> table) {
        return new Shown<>(
                items,
                (all, look) ->
                        all.isEmpty() ? List.of(none) : table.apply(all, look).lines(look));
    }

    @Override
    public T get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }

    List<String> lines(Look look) {
        return drawn.apply(items, look);
    }
}
