package ioverlay.io.watch;

import com.google.gson.JsonObject;

/**
 * Whose code is called.
 *
 * <p><b>Threads:</b> called from any.
 */
public interface Callee {
    /** For a sentence. */
    String name();

    /** What belongs to it is cancelled by its class loader. */
    Object instance();

    /** What an event about it begins with. */
    JsonObject detail();
}
