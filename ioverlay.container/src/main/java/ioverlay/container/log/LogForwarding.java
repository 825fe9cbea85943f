package ioverlay.container.log;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.log.admin.LoggerAdmin;
import org.osgi.service.log.admin.LoggerContext;

/**
 * As long as there is a log of OSGi, all that is logged with {@link java.lang.System.Logger} in this JVM is there, too,
 * under the bundle that has the logger's name as its root package, as far as it is of the house. What goes to the standard
 * error stays as it is.
 */
@Component(service = {})
public final class LogForwarding {
    /** Where a JVM's loggers begin. Held, since the JDK holds it weakly. */
    private static final Logger ALL = Logger.getLogger("");

    private static final String HOUSE = "ioverlay.";
    private static final String ALGORITHMS = "ioverlay.algo.";

    private final BundleContext context;
    private final LoggerFactory log;
    private final LogForwarder forwarder;

    /** Begins. */
    @Activate
    public LogForwarding(@Reference LoggerFactory log, @Reference LoggerAdmin levels, BundleContext context) {
        this.context = context;
        this.log = log;
        fromInfoOn(levels.getLoggerContext(null));
        forwarder = new LogForwarder(this::tell);
        ALL.addHandler(forwarder);
    }

    /** What the JDK's loggers let pass is INFO and above; unless somebody wants it otherwise, the log of OSGi does the same. */
    private static void fromInfoOn(LoggerContext root) {
        Map<String, LogLevel> set = new HashMap<>(root.getLogLevels());
        if (set.putIfAbsent(org.osgi.service.log.Logger.ROOT_LOGGER_NAME, LogLevel.INFO) == null) {
            root.setLogLevels(set);
        }
    }

    private void tell(LogLine line) {
        org.osgi.service.log.Logger logger =
                log.getLogger(owner(line.logger()), line.logger(), org.osgi.service.log.Logger.class);
        Object[] words =
                Stream.concat(Stream.of(line.text()), line.thrown().stream()).toArray();
        switch (line.level()) {
            case AUDIT -> logger.audit("{}", words);
            case ERROR -> logger.error("{}", words);
            case WARN -> logger.warn("{}", words);
            case INFO -> logger.info("{}", words);
            case DEBUG -> logger.debug("{}", words);
            case TRACE -> logger.trace("{}", words);
        }
    }

    /**
     * The bundle of the house whose name is the longest beginning of the logger's; else this one. The log of OSGi keeps a
     * logger, and so the class loader, of each bundle for ever, so that none that is to be unloaded may have one.
     */
    private Bundle owner(String logger) {
        return Stream.of(context.getBundles())
                .filter(bundle -> isOfTheHouse(bundle) && (logger + ".").startsWith(bundle.getSymbolicName() + "."))
                .max(Comparator.comparingInt(bundle -> bundle.getSymbolicName().length()))
                .orElse(context.getBundle());
    }

    private static boolean isOfTheHouse(Bundle bundle) {
        String name = String.valueOf(bundle.getSymbolicName());
        return name.startsWith(HOUSE)
                && !name.startsWith(ALGORITHMS)
                && (bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0;
    }

    /** Ends. */
    @Deactivate
    public void close() {
        ALL.removeHandler(forwarder);
        forwarder.close();
    }
}
