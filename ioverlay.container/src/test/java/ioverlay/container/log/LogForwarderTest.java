package ioverlay.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;

class LogForwarderTest {
    private static final int MORE = 7;

    private final BlockingQueue<LogLine> told = new LinkedBlockingQueue<>();

    private static LogRecord logged(Level level, String text, Object... parameters) {
        LogRecord logged = new LogRecord(level, text);
        logged.setLoggerName("my.algo.Deal");
        logged.setParameters(parameters);
        return logged;
    }

    private LogLine next() throws InterruptedException {
        return Optional.ofNullable(told.poll(10, TimeUnit.SECONDS)).orElseThrow();
    }

    @Test
    void aLineIsHandedOnWithItsWordsAndACopyOfWhatWasThrown() throws Exception {
        IllegalStateException thrown = new IllegalStateException("broken");
        try (LogForwarder forwarder = new LogForwarder(told::add)) {
            LogRecord logged = logged(Level.WARNING, "{0} is {1}", "it", 7);
            logged.setThrown(thrown);
            forwarder.publish(logged);
            LogLine line = next();
            assertThat(line.level() + " " + line.logger() + " " + line.text()).isEqualTo("WARN my.algo.Deal it is 7");
            assertThat(line.thrown()).get().isNotSameAs(thrown).hasToString(thrown.toString());
            assertThat(line.thrown().orElseThrow().getStackTrace()).isEqualTo(thrown.getStackTrace());
        }
    }

    @Test
    void levelsAreThoseOfOsgi() throws Exception {
        try (LogForwarder forwarder = new LogForwarder(told::add)) {
            for (Level level : new Level[] {Level.SEVERE, Level.INFO, Level.FINE, Level.FINER}) {
                forwarder.publish(logged(level, "x"));
            }
            assertThat(next().level()).isEqualTo(LogLevel.ERROR);
            assertThat(next().level()).isEqualTo(LogLevel.INFO);
            assertThat(next().level()).isEqualTo(LogLevel.DEBUG);
            assertThat(next().level()).isEqualTo(LogLevel.TRACE);
        }
    }

    @Test
    void whatIsLoggedWhileALineIsHandedOnIsNotHandedOn() throws Exception {
        LogForwarder[] self = new LogForwarder[1];
        CountDownLatch ready = new CountDownLatch(1);
        Consumer<LogLine> log = line -> {
            awaitDown(ready);
            self[0].publish(logged(Level.INFO, "again"));
            told.add(line);
        };
        try (LogForwarder forwarder = new LogForwarder(log)) {
            self[0] = forwarder;
            ready.countDown();
            forwarder.publish(logged(Level.INFO, "one"));
            forwarder.publish(logged(Level.INFO, "two"));
            assertThat(next().text()).isEqualTo("one");
            assertThat(next().text()).isEqualTo("two");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void whoLogsTooFastLosesLinesAndALineCountsThem() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        Consumer<LogLine> log = line -> {
            first.countDown();
            awaitDown(open);
            told.add(line);
        };
        try (LogForwarder forwarder = new LogForwarder(log)) {
            forwarder.publish(logged(Level.INFO, "first"));
            awaitDown(first);
            for (int count = 0; count < LogForwarder.MOST_WAITING + MORE; count++) {
                forwarder.publish(logged(Level.INFO, "more"));
            }
            open.countDown();
            assertThat(next().text()).isEqualTo("first");
            assertThat(next().text())
                    .isEqualTo(MORE + " lines are missing: they came too fast, or the log refused them");
            assertThat(next().text()).isEqualTo("more");
        }
    }

    @Test
    void aLogThatRefusesLinesDoesNotEndIt() throws Exception {
        Consumer<LogLine> log = line -> {
            if (line.text().equals("bad")) {
                throw new IllegalStateException("the log is going");
            }
            told.add(line);
        };
        try (LogForwarder forwarder = new LogForwarder(log)) {
            forwarder.publish(logged(Level.INFO, "bad"));
            forwarder.publish(logged(Level.INFO, "good"));
            assertThat(next().text()).startsWith("1 line");
            assertThat(next().text()).isEqualTo("good");
        }
    }

    private static void awaitDown(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
