package ioverlay.engine;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the engine and the opening of connections log while a test runs, so that the test can look at it and nobody else need. */
final class LogLines extends Handler implements AutoCloseable {
    private final Logger ours = Logger.getLogger("ioverlay");
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    LogLines() {
        ours.addHandler(this);
        ours.setUseParentHandlers(false);
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
        ours.removeHandler(this);
        ours.setUseParentHandlers(true);
    }
}
