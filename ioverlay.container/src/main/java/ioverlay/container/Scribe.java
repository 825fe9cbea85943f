package ioverlay.container;

import ioverlay.container.Trials.Watched;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongConsumer;

/**
 * Writes down what slots run, before anybody hears of it. A version that cannot be written down on probation goes back; the
 * end of a probation that cannot be written down stays as it is, and the result says so.
 *
 * <p><b>Threads:</b> any.
 */
final class Scribe {
    private static final Logger LOG = System.getLogger(Scribe.class.getName());

    private final DesiredState desired;
    private final Directory directory;
    private final LongConsumer replaced;

    /**
     * Prepares.
     *
     * @param replaced told the number of a bundle whose algorithm a swap has replaced
     */
    Scribe(DesiredState desired, Directory directory, LongConsumer replaced) {
        this.desired = desired;
        this.directory = directory;
        this.replaced = replaced;
    }

    /**
     * A version serves on probation.
     *
     * @return why that could not be written down, or the empty text
     */
    String trial(Watched watched) {
        return write(
                watched.node(),
                () -> desired.trial(watched.node().name(), watched.slot().application(), watched.source()));
    }

    /**
     * A trial is over: the slot may be swapped again, and one of the two bundles has lost a user.
     *
     * @return why that could not be written down, or the empty text
     */
    String ended(Watched watched) {
        String node = watched.node().name();
        int application = watched.slot().application();
        boolean stays = watched.trial().conclusion().flatMap(Conclusion::back).isEmpty();
        String failure = write(watched.node(), () -> {
            if (stays) {
                desired.chosen(
                        node,
                        application,
                        watched.source(),
                        watched.trial().chosen().spec());
            } else {
                desired.returned(node, application);
            }
        });
        watched.slot().settled(watched.trial());
        replaced.accept(stays ? watched.oldBundle() : watched.source().bundleId());
        return failure;
    }

    /** A slot went back to a version, since the one that served there stalled. */
    void fellBack(LiveNode node, LiveSlot slot, Source<?> to, long stalledBundle) {
        write(
                node,
                () -> desired.chosen(
                        node.name(),
                        slot.application(),
                        to,
                        slot.standing().choice().spec()));
        replaced.accept(stalledBundle);
    }

    private String write(LiveNode node, Runnable record) {
        if (directory.find(node.name()).filter(node::equals).isEmpty()) {
            return ""; // it was removed meanwhile, and so was what is known of it
        }
        try {
            record.run();
            return "";
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "node " + node.name() + ": what it runs was not written down", e);
            return Reason.of(e);
        }
    }
}
