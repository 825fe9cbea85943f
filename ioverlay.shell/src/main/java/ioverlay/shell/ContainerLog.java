package ioverlay.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/** The log of OSGi. Its package need not be there: only what runs with a service in hand uses its classes. */
final class ContainerLog implements LogBook {
    private static final String SERVICE = "org.osgi.service.log.LogReaderService";

    /** Passes on what is logged with the JDK's loggers, for bundles that it does not name too. */
    private static final String FORWARDER = "ioverlay.container";

    private final BundleContext context;

    ContainerLog(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<LogLine> recent() {
        return Kept.lines(service());
    }

    @Override
    public Runnable follow(Consumer<LogLine> listener) {
        return Kept.follow(service(), listener);
    }

    private Object service() {
        ServiceReference<?> reference = context.getServiceReference(SERVICE);
        Object service = reference == null ? null : context.getService(reference);
        if (service == null) {
            throw new Failed("the container keeps no log: there is no LogReaderService; org.apache.felix.log has one");
        }
        return service;
    }

    /** All that needs the classes of the log. */
    private static final class Kept {
        private Kept() {}

        static List<LogLine> lines(Object service) {
            List<LogLine> lines = new ArrayList<>();
            Collections.list(((LogReaderService) service).getLog()).forEach(entry -> lines.add(line(entry)));
            return lines.reversed(); // it gives the newest first
        }

        static Runnable follow(Object service, Consumer<LogLine> listener) {
            LogReaderService reader = (LogReaderService) service;
            LogListener each = entry -> listener.accept(line(entry));
            reader.addLogListener(each);
            return () -> reader.removeLogListener(each);
        }

        private static LogLine line(LogEntry entry) {
            Throwable thrown = entry.getException();
            String logger = String.valueOf(entry.getLoggerName());
            String bundle = entry.getBundle() == null
                    ? ""
                    : String.valueOf(entry.getBundle().getSymbolicName());
            return new LogLine(
                    Instant.ofEpochMilli(entry.getTime()),
                    entry.getLogLevel().name(),
                    owner(bundle, logger),
                    logger,
                    String.valueOf(entry.getMessage()),
                    thrown == null ? "" : thrown.toString());
        }

        private static String owner(String bundle, String logger) {
            int dot = logger.lastIndexOf('.');
            return bundle.equals(FORWARDER)
                            && dot > 0
                            && !logger.startsWith(FORWARDER + ".")
                            && !logger.startsWith("Events.")
                    ? logger.substring(0, dot)
                    : bundle;
        }
    }
}
