package ioverlay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a container says of its line to the observer. */
class SaidTest {
    private final List<String> lines = new ArrayList<>();
    private long now;
    private final Said said = new Said(new Lines(), () -> now);

    /** A log that a person reads. */
    private final class Lines implements Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.compareTo(Level.INFO) >= 0;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            throw new AssertionError("not expected: " + message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... values) {
            if (isLoggable(level)) {
                lines.add(level + " " + MessageFormat.format(format, values));
            }
        }
    }

    @Test
    void that_a_line_broke_and_is_back_is_one_line_each() {
        said.open("o");
        said.broke("o", "it was closed");
        for (int i = 0; i < 100; i++) {
            said.broke("o", "Connection refused");
            now += TimeUnit.SECONDS.toNanos(5);
        }
        said.open("o");
        assertThat(lines)
                .containsExactly(
                        "WARNING no line to the observer o: it was closed; dialling on",
                        "WARNING no line to the observer o: Connection refused; dialling on",
                        "INFO the line to the observer o is open again");
    }

    @Test
    void a_line_that_comes_and_goes_is_said_once_a_minute() {
        for (int second = 0; second < 120; second++) {
            said.broke("o", "it was closed");
            said.open("o");
            now += TimeUnit.SECONDS.toNanos(1);
        }
        assertThat(lines).hasSize(4);
    }
}
