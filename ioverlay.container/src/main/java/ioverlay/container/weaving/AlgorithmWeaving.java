package ioverlay.container.weaving;

import ioverlay.api.woven.Cancellation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Weaves each class of a bundle that offers an algorithm, when the framework is about to define it.
 *
 * <p><b>Threads:</b> any that loads a class; the turn of a node too, so nothing here waits or loads classes of the bundle.
 */
final class AlgorithmWeaving implements WeavingHook {
    private static final Logger LOG = System.getLogger(AlgorithmWeaving.class.getName());
    private static final String ALGORITHM = "ioverlay.algorithm";

    static boolean means(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && !revision.getDeclaredCapabilities(ALGORITHM).isEmpty();
    }

    @Override
    public void weave(WovenClass type) {
        BundleRevision revision = type.getBundleWiring().getRevision();
        if (revision.getDeclaredCapabilities(ALGORITHM).isEmpty()) {
            return;
        }
        try {
            type.setBytes(Weaver.weave(type.getBytes()));
            type.getDynamicImports().add(Cancellation.class.getPackageName());
        } catch (RuntimeException e) {
            // Class boundary: what cannot be woven is what it was, and only less easy to end.
            LOG.log(
                    Level.WARNING,
                    "{0} of {1} {2} is not woven, so a call in it that does not end cannot be cancelled: {3}",
                    type.getClassName(),
                    revision.getSymbolicName(),
                    revision.getVersion(),
                    e);
        }
    }
}
