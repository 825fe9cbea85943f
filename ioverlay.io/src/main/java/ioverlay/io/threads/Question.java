package ioverlay.io.threads;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work for a node's turn that somebody waits for.
 *
 * <p><b>Threads:</b> {@link #run} the turn; the answer is awaited on another.
 */
public final class Question<T> implements Runnable {
    private final String node;
    private final Callable<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /** First come: the turn that begins, or the caller that gives up. */
    private final AtomicBoolean decided = new AtomicBoolean();

    /**
     * A question that nobody was asked yet.
     *
     * @param node is asked: its name, for the sentences of failures
     */
    public Question(String node, Callable<T> work) {
        this.node = node;
        this.work = work;
    }

    @Override
    public void run() {
        if (decided.getAndSet(true)) {
            return;
        }
        try {
            answer.complete(work.call());
        } catch (TurnLost e) {
            throw e;
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    /** There will be no answer. */
    public void fail(String why) {
        answer.completeExceptionally(new IllegalStateException(why));
    }

    /**
     * Waits for the answer.
     *
     * @throws IllegalStateException if there is none in time, or the work failed with a checked exception
     * @throws RuntimeException what the work threw
     */
    public T await(long timeoutMs) {
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            String how = decided.getAndSet(true) ? " has not ended within " : " was not begun within ";
            throw new IllegalStateException("what the node " + node + " was asked" + how + timeoutMs + " ms", e);
        } catch (InterruptedException e) {
            decided.set(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the node " + node + " was asked", e);
        }
    }
}
