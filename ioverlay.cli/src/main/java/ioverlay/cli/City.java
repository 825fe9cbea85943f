package ioverlay.cli;

import ioverlay.api.container.Location;
import java.util.List;

/** Where nodes are said to be that nobody gave a place: cities all over the world, so that a map of them is alive. */
final class City {
    /** In an order in which the first few are far from each other already. */
    private static final List<Location> ALL = List.of(
            new Location(40.71, -74.01, "New York"),
            new Location(51.51, -0.13, "London"),
            new Location(35.68, 139.69, "Tokyo"),
            new Location(-23.55, -46.63, "São Paulo"),
            new Location(-33.87, 151.21, "Sydney"),
            new Location(37.77, -122.42, "San Francisco"),
            new Location(1.35, 103.82, "Singapore"),
            new Location(30.04, 31.24, "Cairo"),
            new Location(43.65, -79.38, "Toronto"),
            new Location(52.52, 13.40, "Berlin"),
            new Location(19.08, 72.88, "Mumbai"),
            new Location(-26.20, 28.05, "Johannesburg"),
            new Location(19.43, -99.13, "Mexico City"),
            new Location(41.88, -87.63, "Chicago"),
            new Location(39.90, 116.41, "Beijing"),
            new Location(6.52, 3.38, "Lagos"),
            new Location(55.76, 37.62, "Moscow"),
            new Location(-34.60, -58.38, "Buenos Aires"),
            new Location(49.28, -123.12, "Vancouver"),
            new Location(48.86, 2.35, "Paris"),
            new Location(25.20, 55.27, "Dubai"),
            new Location(-36.85, 174.76, "Auckland"),
            new Location(32.78, -96.80, "Dallas"),
            new Location(37.57, 126.98, "Seoul"),
            new Location(-1.29, 36.82, "Nairobi"),
            new Location(59.33, 18.07, "Stockholm"),
            new Location(25.76, -80.19, "Miami"),
            new Location(13.76, 100.50, "Bangkok"),
            new Location(40.42, -3.70, "Madrid"),
            new Location(-12.05, -77.04, "Lima"),
            new Location(47.61, -122.33, "Seattle"),
            new Location(41.01, 28.98, "Istanbul"),
            new Location(39.74, -104.99, "Denver"),
            new Location(-6.21, 106.85, "Jakarta"),
            new Location(45.50, -73.57, "Montreal"),
            new Location(31.23, 121.47, "Shanghai"),
            new Location(33.75, -84.39, "Atlanta"),
            new Location(64.15, -21.94, "Reykjavik"),
            new Location(-31.95, 115.86, "Perth"),
            new Location(4.71, -74.07, "Bogotá"));

    private City() {}

    /** The place of a node, counted from 0. After the last city the first comes again. */
    static Location of(int node) {
        return ALL.get(Math.floorMod(node, ALL.size()));
    }
}
