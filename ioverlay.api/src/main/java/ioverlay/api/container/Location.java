package ioverlay.api.container;

import java.math.BigDecimal;

/**
 * Where a node is on the globe, for maps. Nothing in the engine depends on it.
 *
 * @param latitude in degrees, −90 to 90, north is positive
 * @param longitude in degrees, −180 to 180, east is positive
 * @param label for example a city, at most 64 characters; may be empty
 */
public record Location(double latitude, double longitude, String label) {
    private static final int LONGEST_LABEL = 64;

    /**
     * Checks every value.
     *
     * @throws RefusedException with the rule and the value
     */
    public Location {
        require(Math.abs(latitude) <= 90, "a latitude is -90 to 90 degrees", latitude);
        require(Math.abs(longitude) <= 180, "a longitude is -180 to 180 degrees", longitude);
        require(
                label.length() <= LONGEST_LABEL,
                "the label of a location has at most " + LONGEST_LABEL + " characters",
                label.length());
    }

    /**
     * Reads {@code LAT,LON} or {@code LAT,LON,LABEL}, as {@code 45.5,-73.6,Montreal}.
     *
     * @throws RefusedException with the rule and the value
     */
    public static Location parse(String text) {
        String[] parts = text.split(",", 3);
        String rule = "a location is written as LAT,LON or LAT,LON,LABEL";
        require(parts.length >= 2, rule, "'" + shortened(text) + "'");
        try {
            return new Location(
                    Double.parseDouble(parts[0]),
                    Double.parseDouble(parts[1]),
                    parts.length == 2 ? "" : parts[2].strip());
        } catch (NumberFormatException e) {
            throw new RefusedException(rule + ", not '" + shortened(text) + "'", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL) + "…";
    }

    /** What {@link #parse} reads. */
    public String text() {
        return plain(latitude) + "," + plain(longitude) + (label.isEmpty() ? "" : "," + label);
    }

    private static String plain(double degrees) {
        return BigDecimal.valueOf(degrees).stripTrailingZeros().toPlainString();
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new RefusedException(rule + ", not " + value);
        }
    }
}
