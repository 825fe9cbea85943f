package ioverlay.container.weaving;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.hooks.weaving.WeavingHook;

/**
 * Registers the weaving, as the first thing this bundle does: instances of algorithms are obtained by the container
 * alone, which comes later. Only a bundle with an activator of its own may have loaded classes before; they look at
 * nothing until that bundle is refreshed.
 */
public final class Activator implements BundleActivator {
    private static final Logger LOG = System.getLogger(Activator.class.getName());

    @Override
    public void start(BundleContext context) {
        context.registerService(WeavingHook.class, new AlgorithmWeaving(), FrameworkUtil.asDictionary(Map.of()));
        Stream.of(context.getBundles())
                .filter(Activator::mayHaveLoaded)
                .forEach(bundle -> LOG.log(
                        Level.WARNING,
                        "{0} {1} was active before its classes could be woven, so a call in it that does not end may not be"
                                + " cancelled: refresh it",
                        bundle.getSymbolicName(),
                        bundle.getVersion()));
    }

    private static boolean mayHaveLoaded(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE
                && AlgorithmWeaving.means(bundle)
                && bundle.getHeaders().get(Constants.BUNDLE_ACTIVATOR) != null;
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters it; what is woven stays woven.
    }
}
