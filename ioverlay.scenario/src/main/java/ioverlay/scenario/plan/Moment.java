package ioverlay.scenario.plan;

import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment of a run: seconds after its start, after a mark of the time line, or after the end.
 *
 * @param mark its name, {@code end}, or empty for the start
 * @param seconds after it; may be negative after a mark
 */
public record Moment(String mark, double seconds) {
    /** The end of the run. */
    public static final String END = "end";

    private static final Pattern MARKED = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*?)\\s*(?:([+-])\\s*([0-9.]+))?");

    /** The start. */
    public static final Moment START = new Moment("", 0);

    /** The end itself. */
    public static final Moment LAST = new Moment(END, 0);

    static Moment read(Value value, Set<String> marks) {
        if (!value.isText()) {
            return new Moment("", Quantity.seconds(value));
        }
        Matcher matcher = MARKED.matcher(value.scalar().getAsString().strip());
        if (!matcher.matches()) {
            return new Moment("", Quantity.seconds(value));
        }
        String mark = matcher.group(1);
        if (!mark.equals(END) && !marks.contains(mark)) {
            throw value.mistake(
                    "a moment is seconds, 'end' or a mark of the time line, with '+2' or '-2' behind it, and there is no mark '"
                            + mark + "'"
                            + Nearest.hint(mark, marks));
        }
        double seconds = matcher.group(3) == null ? 0 : Double.parseDouble(matcher.group(3));
        return new Moment(mark, "-".equals(matcher.group(2)) ? -seconds : seconds);
    }
}
