package ioverlay.observer;

import ioverlay.api.container.RefusedException;
import ioverlay.observer.fleet.FleetSettings;
import ioverlay.observer.history.Retention;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an observer is told.
 *
 * @param listen where containers reach it; port 0 is any free one
 * @param data directory for history, bundles and rollouts; empty is a temporary one that ends with it
 * @param fleet how nodes are looked after
 * @param retention how much of the past is kept
 * @param web the address that its page is shown at; empty if nobody said
 */
record ObserverSettings(
        InetSocketAddress listen, Optional<Path> data, FleetSettings fleet, Retention retention, Optional<String> web) {
    private static final Set<String> KNOWN = Set.of("listen", "data", "bootNodes", "pollMillis", "keepHours", "web");

    private static final int MOST_HOURS = 24 * 3650;

    /**
     * Reads a configuration; names with a dot are the framework's.
     *
     * @throws RefusedException with the rule and the value
     */
    static ObserverSettings of(Map<String, Object> settings) {
        for (String name : new TreeSet<>(settings.keySet())) {
            if (!KNOWN.contains(name) && !name.contains(".")) {
                throw new RefusedException(
                        "an observer has the settings " + new TreeSet<>(KNOWN) + ", not '" + name + "'");
            }
        }
        return new ObserverSettings(
                address(text(settings, "listen").orElse("127.0.0.1:0")),
                text(settings, "data").map(ObserverSettings::path),
                new FleetSettings(number(settings, "bootNodes", 8, 1000), number(settings, "pollMillis", 0, 60_000)),
                new Retention(
                        Duration.ofHours(Math.max(1, number(settings, "keepHours", 72, MOST_HOURS))),
                        Retention.USUAL.mostSamples(),
                        Retention.USUAL.mostLinks(),
                        Retention.USUAL.mostLines()),
                text(settings, "web"));
    }

    private static Optional<String> text(Map<String, Object> settings, String name) {
        return Optional.ofNullable(settings.get(name))
                .map(value -> value.toString().strip())
                .filter(it -> !it.isEmpty());
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new RefusedException("data must be a directory, not '" + text + "'", e);
        }
    }

    private static int number(Map<String, Object> settings, String name, int usual, int most) {
        String text = text(settings, name).orElse(String.valueOf(usual));
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value < 0 || value > most) {
            throw new RefusedException(name + " is a number from 0 to " + most + ", not '" + text + "'");
        }
        return value;
    }

    /** Numbers only: a name would be looked up, which may take long and may lie. */
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff) {
            throw new RefusedException("listen is IPv4:port, for example 127.0.0.1:0, not '" + text + "'");
        }
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(text.substring(0, colon)), Integer.parseInt(port));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("listen is IPv4:port, for example 127.0.0.1:0, not '" + text + "'", e);
        }
    }
}
