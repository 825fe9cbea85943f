package ioverlay.container;

import java.util.Optional;

/** Work on one slot that runs algorithms' code and so may hang; see {@link Steward}. */
interface Job extends Runnable {
    /** The name of the node it works on. */
    String node();

    /** Does the work. Never throws. */
    @Override
    void run();

    /**
     * Gives up, from another thread: nothing more may be changed.
     *
     * @return false if it is past the point where it can be given up; it then ends in bounded time
     */
    boolean abandon(String why);

    /** The class loader of the foreign code that it may hang in now; its thread is cancelled there if it hangs. */
    default Optional<ClassLoader> code() {
        return Optional.empty();
    }
}
