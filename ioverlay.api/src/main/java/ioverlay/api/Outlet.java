package ioverlay.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where an {@link Application} writes what it produces, straight into the memory that the sockets send from.
 *
 * <p><b>Threads:</b> within one call of {@link Application#produce}.
 */
@ProviderType
public interface Outlet {
    /**
     * Whether a message with a payload of this many bytes can be opened now. What does not fit in this call is asked
     * for again in the next one.
     */
    boolean fits(int payloadSize);

    /**
     * Opens a message; it is sent to the node's algorithm when the next one is opened or the call of {@code produce}
     * returns.
     *
     * @param type a data type, 1 to 0x1fff, usually {@link MessageType#DATA}
     * @param sequence the originator's sequence number
     * @param payloadSize bytes, 0 to the node's largest payload
     * @return the payload to fill, big-endian, zeroed or not; valid until the next call of this outlet
     * @throws IllegalStateException if it does not {@link #fits fit}
     * @throws IllegalArgumentException if the type is no data type, or the size out of range
     */
    ByteBuffer open(int type, long sequence, int payloadSize);
}
