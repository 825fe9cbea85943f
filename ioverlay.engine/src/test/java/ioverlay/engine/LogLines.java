package ioverlay.engine;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the engine logs while a test runs, so that the test can look at it and nobody else need. */
final class LogLines extends Handler implements AutoCloseable {
    private final Logger engine = Logger.getLogger("ioverlay.engine");
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    LogLines() {
        engine.addHandler(this);
        engine.setUseParentHandlers(false);
    }

    /** Lines of level WARNING that contain all of these. */
    List<String> warnings(String... parts) {
        return records.stream()
                .filter(line -> line.getLevel().equals(Level.WARNING))
                .map(LogRecord::getMessage)
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .toList();
    }

    /** Lines of level ERROR: there never should be one. */
    List<String> errors() {
        return records.stream()
                .filter(line -> line.getLevel().equals(Level.SEVERE))
                .map(line -> line.getMessage() + " " + line.getThrown())
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        records.add(line);
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        engine.removeHandler(this);
        engine.setUseParentHandlers(true);
    }
}
