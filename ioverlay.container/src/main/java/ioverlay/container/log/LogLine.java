package ioverlay.container.log;

import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.osgi.service.log.LogLevel;

/**
 * One line as it was logged, without anything that would keep foreign objects: parameters are written out, and what was
 * thrown is a copy, since a log that holds an algorithm's exception would hold its class loader.
 *
 * @param level in the words of OSGi
 * @param logger its name, usually that of a class
 * @param text a sentence
 * @param thrown a copy
 */
record LogLine(LogLevel level, String logger, String text, Optional<Throwable> thrown) {
    private static final Formatter WORDS = new SimpleFormatter();

    static LogLine of(LogRecord logged) {
        String logger = logged.getLoggerName();
        return new LogLine(
                level(logged.getLevel()),
                logger == null ? "" : logger,
                String.valueOf(WORDS.formatMessage(logged)),
                Optional.ofNullable(logged.getThrown()).map(Copy::new));
    }

    private static LogLevel level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return LogLevel.ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return LogLevel.WARN;
        }
        if (value >= Level.INFO.intValue()) {
            return LogLevel.INFO;
        }
        return value >= Level.FINE.intValue() ? LogLevel.DEBUG : LogLevel.TRACE;
    }

    /** What was thrown, as text and places. The JVM keeps the classes on the stack with each exception; not with this. */
    private static final class Copy extends Exception {
        private static final long serialVersionUID = 1;

        private final String sentence;

        Copy(Throwable thrown) {
            super(thrown.getMessage());
            sentence = thrown.toString();
            setStackTrace(thrown.getStackTrace());
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it does nothing
        public Throwable fillInStackTrace() {
            return this;
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // as the other said it
        public String toString() {
            return sentence;
        }
    }
}
