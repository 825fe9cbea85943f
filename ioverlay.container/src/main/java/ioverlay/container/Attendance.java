package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * Follows bundles that come and go by plain OSGi means ({@code stop}, {@code start}, {@code update} in the shell): parks
 * a slot before its instance is taken away, and has it served again when a version is back.
 *
 * <p><b>Threads:</b> called by the thread that starts or stops the bundle. A stop waits for the slots to be parked, a
 * start waits for nothing.
 */
final class Attendance implements ServiceListener {
    /** What to listen to. */
    static final String FILTER = "(|(" + Constants.OBJECTCLASS + "=" + Algorithm.class.getName() + ")("
            + Constants.OBJECTCLASS + "=" + Application.class.getName() + "))";

    private static final Logger LOG = System.getLogger(Attendance.class.getName());

    private final Directory directory;
    private final Catalogue<Algorithm> algorithms;
    private final Catalogue<Application> applications;
    private final Steward steward;
    private final EventLog events;

    Attendance(
            Directory directory,
            Catalogue<Algorithm> algorithms,
            Catalogue<Application> applications,
            Steward steward,
            EventLog events) {
        this.directory = directory;
        this.algorithms = algorithms;
        this.applications = applications;
        this.steward = steward;
        this.events = events;
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        switch (event.getType()) {
            case ServiceEvent.REGISTERED -> comeBack();
            case ServiceEvent.UNREGISTERING -> uninterrupted(() -> withdrawn(event.getServiceReference()));
            default -> {} // changed properties: names and versions do not change
        }
    }

    /** Who stops a bundle may be interrupted; its instances must leave all the same, since their code goes away. */
    private static void uninterrupted(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has each parked slot look for a version that may come back to it. */
    void comeBack() {
        for (LiveNode node : directory.all()) {
            node.slots().stream().filter(LiveSlot::parked).forEach(slot -> comeBack(node, slot));
        }
    }

    private void comeBack(LiveNode node, LiveSlot slot) {
        steward.submit(new Comeback(node, slot, algorithms, events));
    }

    private void withdrawn(ServiceReference<?> reference) {
        algorithms.withdrawn(reference);
        applications.withdrawn(reference);
        for (LiveNode node : directory.all()) {
            for (LiveSlot slot : node.slots()) {
                withdraw(node, slot, reference);
            }
            for (int application : node.startedFrom(reference).toList()) {
                node.stop(application);
                tell("application.stopped", node, application, "its bundle was withdrawn");
            }
        }
    }

    private void withdraw(LiveNode node, LiveSlot slot, ServiceReference<?> reference) {
        try {
            if (slot.withdraw(reference)) {
                parked(node, slot);
            }
        } catch (RuntimeException e) {
            // One slot that is busy must not keep the others from being told.
            LOG.log(Level.WARNING, "{0} of {1}: {2}", slot.label(), node.name(), Reason.of(e));
        }
    }

    /** A slot was parked since the version that serves it was withdrawn, which may be back by now. */
    void parked(LiveNode node, LiveSlot slot) {
        tell("slot.parked", node, slot.application(), slot.origin().algorithm() + " was withdrawn");
        comeBack(node, slot);
    }

    private void tell(String kind, LiveNode node, int application, String why) {
        String id = Integer.toUnsignedString(application);
        JsonObject detail = new JsonObject();
        detail.addProperty("application", id);
        events.add(kind, node.name(), "application " + id + ": " + why, detail);
    }
}
