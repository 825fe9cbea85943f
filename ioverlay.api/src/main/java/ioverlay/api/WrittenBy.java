package ioverlay.api;

import java.util.regex.Pattern;

/**
 * Which algorithm wrote a {@link State}, so that {@code restore} can migrate either way.
 *
 * @param algorithm its name, as in {@link AlgorithmType}
 * @param version its bundle's version, {@code major.minor.micro} with an optional qualifier
 */
public record WrittenBy(String algorithm, String version) {
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(\\.[\\w-]+)?");

    /**
     * Checks the version's form.
     *
     * @throws IllegalArgumentException with the rule and the value
     */
    public WrittenBy {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "a version is written as 1.2.3 or 1.2.3.qualifier, not '" + version + "'");
        }
    }

    /** The first number: changes when state or messages are no longer understood by older versions. */
    public int major() {
        return number(0);
    }

    /** The second number. */
    public int minor() {
        return number(1);
    }

    private int number(int at) {
        return Integer.parseInt(version.split("\\.", -1)[at]);
    }
}
