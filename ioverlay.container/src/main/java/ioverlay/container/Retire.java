package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.container.RefusedException;
import ioverlay.container.retire.Departures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Has a bundle leave that a swap has replaced, if nobody uses it: its bytes are kept, then it is stopped and uninstalled.
 * A bundle that somebody stopped by hand, or that other bundles are wired to, stays.
 *
 * <p><b>Threads:</b> runs on one thread of the {@link Steward}, since a bundle's activator may hang.
 */
final class Retire implements Job {
    private static final Logger LOG = System.getLogger(Retire.class.getName());

    /**
     * What it works with; the same for all.
     *
     * @param awaited whether a parked slot would take that version back
     * @param unbarred a version that was hidden for a moment is there again: parked slots look for theirs
     */
    record Tools(
            BundleContext context,
            Catalogue<Algorithm> algorithms,
            Catalogue<Application> applications,
            Supply supply,
            Departures departures,
            EventLog events,
            Set<String> told,
            Predicate<Source<Algorithm>> awaited,
            Runnable unbarred) {}

    private final long id;
    private final Tools tools;
    private final Retirement retirement;

    Retire(long id, Tools tools, Retirement retirement) {
        this.id = id;
        this.tools = tools;
        this.retirement = retirement;
    }

    @Override
    public String node() {
        return "bundle " + id;
    }

    @Override
    public void run() {
        Optional<Bundle> found = Optional.ofNullable(tools.context().getBundle(id));
        if (found.isEmpty()) {
            retirement.left(id);
            return;
        }
        Bundle bundle = found.get();
        List<Source<Algorithm>> offered = tools.algorithms().of(bundle);
        if (bundle.getState() != Bundle.ACTIVE || offered.isEmpty()) {
            return; // somebody stopped it and knows why, or it has never offered an algorithm
        }
        if (offered.stream().anyMatch(tools.awaited())) {
            return; // it was stopped and is back: a slot that was parked meanwhile is about to take it
        }
        if (!tools.algorithms().bar(bundle)) {
            return; // it is asked again when the next user leaves
        }
        try {
            // asked again: who was parked just before looked for it in vain since it is barred
            if (offered.stream().noneMatch(tools.awaited())
                    && tools.applications().bar(bundle)) {
                leave(bundle);
            }
        } catch (RefusedException | BundleException | IllegalStateException e) {
            stays(bundle, Reason.of(e));
        } finally {
            tools.applications().unbar(id);
            tools.algorithms().unbar(id);
            if (bundle.getState() != Bundle.UNINSTALLED) {
                tools.unbarred().run();
            }
        }
    }

    private void leave(Bundle bundle) throws BundleException {
        String wired = wired(bundle);
        if (!wired.isEmpty()) {
            stays(bundle, "other bundles are wired to it: " + wired);
            return;
        }
        tools.supply().keep(bundle);
        Optional<Runnable> remember = tools.departures().prepare(bundle);
        bundle.uninstall();
        retirement.left(id);
        remember.ifPresent(Runnable::run);
        tell("bundle.retired", bundle, "was uninstalled, no slot uses it any more; it comes back when it is asked for");
    }

    private static String wired(Bundle bundle) {
        return Stream.ofNullable(bundle.adapt(BundleWiring.class))
                .flatMap(wiring -> wiring.getProvidedWires(null).stream())
                .map(BundleWire::getRequirer)
                .map(requirer -> requirer.getBundle())
                .filter(other -> !other.equals(bundle))
                .map(Bundle::getSymbolicName)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void stays(Bundle bundle, String why) {
        if (tools.told().size() < Departures.MAX_KEPT && tools.told().add(id + why)) {
            tell("bundle.stays", bundle, "is not retired though no slot uses it any more: " + why);
        }
    }

    private void tell(String kind, Bundle bundle, String what) {
        JsonObject detail = new JsonObject();
        detail.addProperty("bundle", bundle.getSymbolicName());
        detail.addProperty("version", bundle.getVersion().toString());
        tools.events().add(kind, "", bundle.getSymbolicName() + " " + bundle.getVersion() + " " + what, detail);
    }

    @Override
    public boolean abandon(String why) {
        LOG.log(Level.DEBUG, "bundle {0} is not retired now: {1}", id, why);
        return true;
    }
}
