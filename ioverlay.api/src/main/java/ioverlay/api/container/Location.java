package ioverlay.api.container;

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

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new RefusedException(rule + ", not " + value);
        }
    }
}
