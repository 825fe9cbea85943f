package ioverlay.io.watch;

import com.google.gson.JsonObject;
import ioverlay.io.threads.Turn;

/**
 * A node that calls foreign code in its turn, each call within a stint.
 *
 * <p><b>Threads:</b> called by the watchdog.
 */
public interface Watched {
    /** For a sentence. */
    String name();

    /** Its turn, whose owner is the thread in the call. */
    Turn turn();

    /** What that thread has in its hands; another one after {@link #leaveBehind}. */
    Stint<?, ?> stint();

    /** Its links, on whose other sides somebody may wait for a sign of it. */
    SignOfLife links();

    /** The thread does not come back, which is certain: another goes on with the node, in a stint of its own. */
    void leaveBehind(Thread thread, String why);

    /** An event. */
    void happened(String kind, String sentence, JsonObject detail);

    /** What those on the other sides of its links are to hear. */
    interface SignOfLife {
        /** How long a link may owe and be silent before its other side takes it for dead. */
        long limitNs();

        /** While the thread does not come out of its call, which is certain: something is said on each such link. */
        void reassure(Thread stuck);
    }
}
