package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.container.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultLogTest {
    private final Logger logger = Logger.getLogger(FaultLog.class.getName());
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    private static Event event(String kind) {
        return new Event(Instant.EPOCH, kind, "a", "it was ended: a broken header", new JsonObject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"algorithm.failed", "request.refused", "link.broken"})
    void whatAPersonShouldLookAtIsAWarning(String kind) {
        new FaultLog().accept(event(kind));
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().getLevel()).isEqualTo(Level.WARNING);
        assertThat(new SimpleFormatter().formatMessage(lines.getFirst())).contains("a: it was ended: a broken header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link.up", "link.failed", "trace", "swap"})
    void whatHappensEveryDayIsNone(String kind) {
        new FaultLog().accept(event(kind));
        assertThat(lines).isEmpty();
    }
}
