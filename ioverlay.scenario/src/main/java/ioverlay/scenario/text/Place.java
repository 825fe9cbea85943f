package ioverlay.scenario.text;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1
 * @param path as {@code $.nodes[0].name}
 */
public record Place(int line, int column, String path) {
    /** The beginning of a file. */
    public static final Place START = new Place(1, 1, "$");
}
