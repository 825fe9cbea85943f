package ioverlay.shell;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * Lets a long command end well when it is cancelled: by Ctrl-C at a terminal, which otherwise would leave it without a
 * word, or by an interrupt, which is how a session ends whose other end is gone.
 *
 * <p><b>Threads:</b> the command's; Ctrl-C comes on another.
 */
final class Interruption implements AutoCloseable {
    private final CompletableFuture<Boolean> asked = new CompletableFuture<>();
    private final @Nullable Terminal terminal;
    private final @Nullable SignalHandler before;

    private Interruption(@Nullable Terminal terminal) {
        this.terminal = terminal;
        this.before = terminal == null ? null : terminal.handle(Signal.INT, this::ask);
    }

    static Interruption at(Here here) {
        return new Interruption(here.session().get(".terminal") instanceof Terminal terminal ? terminal : null);
    }

    private void ask(Signal signal) {
        boolean first = asked.complete(true);
        if (!first && before != null) {
            before.handle(signal); // whoever insists does not get the end well
        }
    }

    /**
     * Waits until the future completes, or somebody cancels.
     *
     * @return false if somebody cancelled first
     */
    boolean await(CompletableFuture<?> future) {
        return await(future, Duration.ofDays(1));
    }

    /**
     * The same, but not for ever.
     *
     * @return false if somebody cancelled first; true if the future is complete or the time is up
     */
    boolean await(CompletableFuture<?> future, Duration atMost) {
        try {
            CompletableFuture.anyOf(future.handle((result, failure) -> result == null ? "" : result), asked)
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            asked.complete(true); // not restored: what follows is the end well, and waits too
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return future.isDone() || !asked.isDone();
    }

    @Override
    public void close() {
        if (terminal != null) {
            terminal.handle(Signal.INT, before);
        }
    }
}
