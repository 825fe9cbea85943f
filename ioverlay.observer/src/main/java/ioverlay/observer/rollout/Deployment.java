package ioverlay.observer.rollout;

import ioverlay.api.observer.Rollouts;
import ioverlay.api.observer.Uploads;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.history.Documents;
import ioverlay.observer.history.HistoryException;
import ioverlay.observer.history.Log;
import ioverlay.observer.repository.AlgorithmResources;
import ioverlay.observer.repository.Bundles;
import ioverlay.observer.repository.Intake;
import ioverlay.observer.web.Feed;
import ioverlay.observer.web.Routes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The part of an observer that brings versions to nodes, put together: its repository, its rollouts, their resources.
 *
 * <p><b>Threads:</b> any. Close is idempotent and takes two seconds at most; rollouts go on when it is opened again.
 */
public final class Deployment implements AutoCloseable {
    private final RolloutDesk desk;
    private final Uploads uploads;

    private Deployment(RolloutDesk desk, Uploads uploads) {
        this.desk = desk;
        this.uploads = uploads;
    }

    /**
     * Opens it, and takes up the rollouts that were under way.
     *
     * @param data the observer's directory; bundles are in its folder {@code bundles}
     * @param routes where its resources are added
     * @param feed where each change of a rollout is pushed
     * @throws IOException if the folder of bundles cannot be read
     * @throws HistoryException if the rollouts cannot be read
     */
    public static Deployment open(Path data, Fleet fleet, Documents documents, Log log, Routes routes, Feed feed)
            throws IOException {
        InstantSource clock = InstantSource.system();
        Bundles bundles = Bundles.open(data.resolve("bundles"));
        RolloutDesk desk = new RolloutDesk(new Surroundings(fleet, bundles, documents, clock, upMillis(), log));
        desk.listen(rollout -> feed.push("rollout", RolloutJson.of(rollout)));
        Intake intake = new Intake(bundles, clock, log);
        new AlgorithmResources(bundles, intake, fleet).addTo(routes);
        new RolloutResources(desk).addTo(routes);
        desk.open();
        return new Deployment(desk, intake);
    }

    private static LongSupplier upMillis() {
        long openedNs = System.nanoTime();
        return () -> 1 + (System.nanoTime() - openedNs) / 1_000_000;
    }

    /** For the shell. */
    public Rollouts rollouts() {
        return desk;
    }

    /** For the shell, what is kept of bundles. */
    public Uploads uploads() {
        return uploads;
    }

    @Override
    public void close() {
        desk.close();
    }
}
