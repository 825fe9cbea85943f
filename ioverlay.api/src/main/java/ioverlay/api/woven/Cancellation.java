package ioverlay.api.woven;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Ends the call that a thread is in, if the code it runs was woven: each loop and each method of woven code looks here.
 * Looking costs nothing as long as nobody of that bundle is cancelled. Other threads in the same bundle's code go on.
 *
 * <p><b>Threads:</b> any.
 */
public final class Cancellation implements AutoCloseable {
    private Cancellation() {}

    /**
     * From now on woven code of a class loader throws {@link TurnCancelled} on a thread, again and again.
     *
     * @param code the class loader of a bundle
     * @return to be closed when the thread has left that code, or is given up
     */
    public static Cancellation begin(Thread thread, ClassLoader code) {
        return new Cancellation();
    }

    /** Ends it; idempotent. */
    @Override
    public void close() {}

    /** Bootstrap method of the looks that are woven in; not to be called otherwise. */
    public static CallSite site(MethodHandles.Lookup lookup, String name, MethodType type) {
        return new ConstantCallSite(MethodHandles.zero(void.class).asType(type));
    }
}
