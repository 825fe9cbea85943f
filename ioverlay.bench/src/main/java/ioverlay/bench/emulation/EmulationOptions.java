package ioverlay.bench.emulation;

import java.util.List;

/**
 * What {@code bench emulation} was asked for.
 *
 * @param seconds that each rate is measured
 * @param kinds of caps
 * @param rates in bytes per second, rising
 * @param parts beside the caps
 */
record EmulationOptions(int seconds, List<Kind> kinds, List<Long> rates, List<Part> parts) {
    /** What is measured beside caps. */
    enum Part {
        CHANGES,
        SHARES,
        DELAYS
    }

    EmulationOptions {
        kinds = List.copyOf(kinds);
        rates = List.copyOf(rates);
        parts = List.copyOf(parts);
    }
}
