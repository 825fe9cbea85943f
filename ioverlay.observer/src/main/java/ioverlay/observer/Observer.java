package ioverlay.observer;

import ioverlay.api.observer.Rollouts;
import ioverlay.api.observer.Uploads;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Documents;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Log;
import ioverlay.observer.history.Retention;
import ioverlay.observer.rollout.Deployment;
import ioverlay.observer.web.Web;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The observer, put together in plain Java: what the fleet hears goes into the history and to the pages, what the pages ask
 * for goes to the fleet, uploaded bundles are kept, and rollouts go on where they were.
 *
 * <p><b>Threads:</b> any. Close is idempotent and bounded; the fleet belongs to whoever made it.
 */
public final class Observer implements AutoCloseable {
    private final History history;
    private final Web web;
    private final Deployment deployment;
    private final Opened opened;

    private Observer(Fleet fleet, Path data, Retention retention, Opened opened) throws IOException {
        this.opened = opened;
        history = opened.add(new History(data, retention, Clock.systemUTC()));
        web = opened.add(new Web(fleet, history, Observer.class.getClassLoader()));
        Ear ear = new Ear(history, web);
        deployment = opened.add(Deployment.open(data, fleet, history.documents(), ear, web, web));
        web.advise(deployment.uploads());
        opened.add(fleet.listen(ear));
    }

    /**
     * Opens it over a fleet; rollouts that were under way go on. Where it does not open, nothing stays open.
     *
     * @param data directory, which is there
     * @throws IOException if the bundles there cannot be read
     * @throws ioverlay.observer.history.HistoryException if the history there cannot be opened
     */
    public static Observer open(Fleet fleet, Path data, Retention retention) throws IOException {
        Opened opened = new Opened();
        try {
            return new Observer(fleet, data, retention, opened);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** What outlives the observer. */
    public Documents documents() {
        return history.documents();
    }

    /** Where its resources are. */
    public Web web() {
        return web;
    }

    /** What brings versions to nodes. */
    public Rollouts rollouts() {
        return deployment.rollouts();
    }

    /** Where bundles are handed in. */
    public Uploads uploads() {
        return deployment.uploads();
    }

    /** To be served at {@code /*}, asynchronous requests supported. */
    public Servlet servlet() {
        return web.servlet();
    }

    @Override
    public void close() {
        opened.close();
    }

    /** Hears the fleet, and writes into the log. */
    private static final class Ear implements Fleet.Listener, Log {
        private final History history;
        private final Web web;

        Ear(History history, Web web) {
            this.history = history;
            this.web = web;
        }

        @Override
        public void changed(Member member) {
            history.sample(member);
            web.push(member);
        }

        @Override
        public void happened(Happening happening) {
            add(happening);
        }

        /** Pages get the lines in the order of their numbers. */
        @Override
        public synchronized void add(Happening happening) {
            web.push(history.add(happening));
        }
    }
}
