package ioverlay.api.observer;

import ioverlay.api.NodeId;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An observer that is open: it answers containers and requests. An OSGi service, there from when all of it answers until
 * it closes.
 *
 * <p><b>Threads:</b> any.
 */
@ProviderType
public interface Observatory {
    /** Where containers reach it: the address and port for {@code ioverlay.agent}'s {@code observer}. */
    NodeId listens();

    /** The address of its page, as it was configured; empty if it is not told or not shown. */
    Optional<String> web();

    /** Where it keeps history, bundles and rollouts. */
    Path data();
}
