package ioverlay.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A log of four lines, to which a test adds more. */
final class FakeLog implements LogBook {
    final List<Consumer<LogLine>> listeners = new CopyOnWriteArrayList<>();

    /** Whether there is a log at all. */
    boolean isThere = true;

    static LogLine line(String level, String bundle, String logger, String message) {
        return new LogLine(Instant.EPOCH, level, bundle, logger, message, "");
    }

    @Override
    public List<LogLine> recent() {
        if (!isThere) {
            throw new Failed("the container keeps no log");
        }
        List<LogLine> lines = new ArrayList<>();
        lines.add(line("INFO", "my.algo", "Events.Service.my.algo", "ServiceEvent REGISTERED"));
        lines.add(line("DEBUG", "ioverlay.engine", "ioverlay.engine.Node", "left"));
        lines.add(line("INFO", "ioverlay.engine", "ioverlay.engine.Node", "listens"));
        lines.add(new LogLine(
                Instant.EPOCH, "ERROR", "my.algo", "my.algo.Deal", "it is broken", "java.io.IOException: no disk"));
        return lines;
    }

    @Override
    public Runnable follow(Consumer<LogLine> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
