package ioverlay.observer.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the server has written the end of an answer. It does so on the thread that completes the answer, unless its own
 * thread has not yet returned from asking for it: then that one does, whenever it has time.
 *
 * <p><b>Threads:</b> the server tells, the one that completes waits.
 */
final class Written implements AsyncListener {
    /** How long it is waited for: a server that does not tell holds no place for ever. */
    private static final long LIMIT_MS = 1000;

    private final AsyncContext context;
    private final CountDownLatch told = new CountDownLatch(1);

    private Written(AsyncContext context) {
        this.context = context;
    }

    /** Of an answer that has just become asynchronous, on the server's own thread. */
    static Written of(AsyncContext context) {
        Written written = new Written(context);
        context.addListener(written);
        return written;
    }

    /** Completes the answer, and returns when its end is written or cannot be. */
    void complete() {
        context.complete();
        try {
            told.await(LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        told.countDown();
    }

    @Override
    public void onError(AsyncEvent event) {
        told.countDown();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
