package ioverlay.api.woven;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.WrongMethodTypeException;
import java.util.Objects;

/**
 * Ends the call that a thread is in, if the code it runs was woven: each loop and each method of woven code looks here.
 * Looking costs nothing as long as nobody of that bundle is cancelled. Other threads in the same bundle's code go on,
 * more slowly until {@link #close}.
 *
 * <p>A thread that waits does not look: interrupt it first. Code that was loaded before it could be woven never looks.
 *
 * <p><b>Threads:</b> any.
 */
public final class Cancellation implements AutoCloseable {
    private static final MethodType LOOK = MethodType.methodType(void.class);

    /** An id, not the thread: a thread keeps what is on its stack, and with it the loader. */
    private final long threadId;

    private final Ward ward;

    private Cancellation(long threadId, Ward ward) {
        this.threadId = threadId;
        this.ward = ward;
    }

    /**
     * From now on woven code of a class loader throws {@link TurnCancelled} on a thread, again and again.
     *
     * @param code the class loader of a bundle
     * @return to be closed when the thread has left that code, or is given up
     */
    public static Cancellation begin(Thread thread, ClassLoader code) {
        Cancellation cancellation = new Cancellation(thread.threadId(), Ward.of(code));
        cancellation.ward.add(cancellation);
        return cancellation;
    }

    /** Ends it; idempotent. */
    @Override
    public void close() {
        ward.remove(this);
    }

    boolean meansCurrentThread() {
        return Thread.currentThread().threadId() == threadId;
    }

    /**
     * Bootstrap method of the looks that are woven in; not to be called otherwise.
     *
     * @throws WrongMethodTypeException if the look takes or gives something
     */
    public static CallSite site(MethodHandles.Lookup lookup, String name, MethodType type) {
        if (!type.equals(LOOK)) {
            throw new WrongMethodTypeException("a look takes nothing and gives nothing, not " + type);
        }
        ClassLoader code = lookup.lookupClass().getClassLoader();
        return Objects.isNull(code)
                ? new ConstantCallSite(MethodHandles.zero(void.class))
                : Ward.of(code).site();
    }
}
