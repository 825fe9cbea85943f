package ioverlay.itest.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change of one file, as a block of kind {@code diff}: the path, then places without numbers, each found by its text.
 *
 * @param path of the file
 * @param places what to change there
 */
public record Edit(String path, List<Place> places) {
    /**
     * What to change.
     *
     * @param before what stands there
     * @param after what shall stand there
     */
    public record Place(String before, String after) {}

    /** Reads the block. */
    public static Edit of(String diff) {
        String[] parts = diff.split("(?m)^@@\\n", -1);
        if (!parts[0].startsWith("--- ") || parts.length < 2) {
            throw new IllegalArgumentException("an edit begins with '--- path' and '@@', not: " + diff);
        }
        List<Place> places = Stream.of(parts)
                .skip(1)
                .map(part -> new Place(side(part, '-'), side(part, '+')))
                .toList();
        return new Edit(parts[0].substring(4).strip(), places);
    }

    private static String side(String part, char changed) {
        return part.lines()
                .filter(line -> line.charAt(0) == ' ' || line.charAt(0) == changed)
                .map(line -> line.substring(1) + "\n")
                .collect(Collectors.joining());
    }

    /** Changes the file; each place must be there once. */
    public void apply(Path directory) throws IOException {
        Path file = directory.resolve(path);
        String text = Files.readString(file);
        for (Place place : places) {
            int at = text.indexOf(place.before);
            if (at < 0 || text.indexOf(place.before, at + 1) >= 0) {
                throw new IllegalStateException("this must be once in " + path + ":\n" + place.before);
            }
            text = text.substring(0, at) + place.after + text.substring(at + place.before.length());
        }
        Files.writeString(file, text);
    }
}
