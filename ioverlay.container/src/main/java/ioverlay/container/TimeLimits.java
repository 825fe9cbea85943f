package ioverlay.container;

import ioverlay.engine.TurnLimits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;

/**
 * How long foreign code may take, as framework properties say.
 *
 * @param swap until a new version has said yes
 * @param turns for one call of an algorithm
 */
record TimeLimits(Duration swap, TurnLimits turns) {
    private static final Logger LOG = System.getLogger(TimeLimits.class.getName());
    private static final Duration SWAP = Duration.ofSeconds(20);
    private static final Pattern MILLIS = Pattern.compile("[1-5]\\d{5}|[1-9]\\d{2,4}|600000");

    static TimeLimits of(BundleContext context) {
        return new TimeLimits(
                limit(context, ControlPlane.SWAP_LIMIT_PROPERTY, SWAP),
                turns(limit(
                        context,
                        ControlPlane.TURN_LIMIT_PROPERTY,
                        Duration.ofMillis(TurnLimits.STANDARD.interruptMs()))));
    }

    private static Duration limit(BundleContext context, String property, Duration otherwise) {
        String text = Optional.ofNullable(context.getProperty(property)).orElse("");
        if (MILLIS.matcher(text).matches()) {
            return Duration.ofMillis(Long.parseLong(text));
        }
        if (!text.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "{0} is 100 to 600000 milliseconds, not ''{1}''; {2} is taken",
                    property,
                    text,
                    otherwise);
        }
        return otherwise;
    }

    /** In the proportions of the standard ones; see {@code docs/nodes.md}. */
    static TurnLimits turns(Duration limit) {
        long interruptMs = limit.toMillis();
        return new TurnLimits(interruptMs / 20, interruptMs, interruptMs * 11 / 10, interruptMs * 3 / 2);
    }
}
