package ioverlay.shell;

import java.util.List;
import java.util.function.Consumer;

/** Where the container's log is read. */
interface LogBook {
    /**
     * What it keeps, the oldest first.
     *
     * @throws Failed if there is no log
     */
    List<LogLine> recent();

    /**
     * Calls the listener for each line from now on, on another thread, until the answer is called.
     *
     * @throws Failed if there is no log
     */
    Runnable follow(Consumer<LogLine> listener);
}
