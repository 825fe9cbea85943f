package ioverlay.shell;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Shows things as they happen, until Ctrl-C or until nobody reads any more.
 *
 * @param <T> what happens
 */
final class Following<T> {
    /** What a reader may be behind; older ones are left out then. */
    private static final int MOST_WAITING = 1000;

    private static final Duration LOOK = Duration.ofMillis(100);

    private final BlockingQueue<T> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Here here;
    private final Function<T, String> line;

    /**
     * Begins with nothing.
     *
     * @param line what is shown of each
     */
    Following(Here here, Function<T, String> line) {
        this.here = here;
        this.line = line;
    }

    private void add(T one) {
        while (!waiting.offer(one)) {
            waiting.poll(); // the newest matter most
        }
    }

    /**
     * Shows, until it is ended.
     *
     * @param source gets whom to tell of each, from now on; answers what ends that
     */
    void show(Function<Consumer<T>, Runnable> source) {
        Runnable end = source.apply(this::add);
        try (Interruption interruption = Interruption.at(here)) {
            boolean on = true;
            while (on && !here.out().checkError()) {
                T one = waiting.poll();
                if (one == null) {
                    on = interruption.await(new CompletableFuture<>(), LOOK);
                } else {
                    print(one);
                }
            }
        } finally {
            end.run();
        }
    }

    /** Shows one, in one line. */
    void print(T one) {
        Cell cell = new Cell(line.apply(one), Tone.PLAIN);
        Look look = here.look();
        here.out()
                .println(
                        look.columns() == 0 || cell.width() <= look.columns()
                                ? cell.text()
                                : cell.in(look.columns(), false, look));
    }
}
