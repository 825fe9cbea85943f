package ioverlay.scenario.text;

import java.util.List;

/** A mistake in a scenario file, or several of one entry. The message is one sentence: the rule and the value. */
public final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Place place;
    private final transient List<Wrong> others;

    /** A mistake at a place. */
    public Wrong(Place place, String sentence) {
        this(place, sentence, List.of());
    }

    private Wrong(Place place, String sentence, List<Wrong> others) {
        super(sentence, null, false, false); // nobody asks where in this program it was found
        this.place = place;
        this.others = others;
    }

    /** Several as one. */
    static Wrong all(List<Wrong> wrongs) {
        Wrong first = wrongs.getFirst();
        return wrongs.size() == 1
                ? first
                : new Wrong(first.place, String.valueOf(first.getMessage()), List.copyOf(wrongs));
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }

    /** Each mistake by itself. */
    List<Wrong> each() {
        return others.isEmpty()
                ? List.of(this)
                : others.stream().flatMap(one -> one.each().stream()).toList();
    }
}
