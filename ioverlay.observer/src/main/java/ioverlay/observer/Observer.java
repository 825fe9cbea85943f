package ioverlay.observer;

import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Log;
import ioverlay.observer.history.LogLine;
import ioverlay.observer.web.Web;
import jakarta.servlet.Servlet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The observer, put together in plain Java: what the fleet hears goes into the history and to the pages, and the pages'
 * requests to the fleet.
 *
 * <p><b>Threads:</b> any. Close is idempotent; the fleet belongs to whoever made it.
 */
public final class Observer implements AutoCloseable {
    private final Web web;
    private final AtomicLong numbers = new AtomicLong();
    private final AutoCloseable ear;

    /** Opens it over a fleet. */
    public Observer(Fleet fleet) {
        this.web = new Web(fleet, (number, most) -> List.of(), Observer.class.getClassLoader());
        Log log = happening -> web.push(new LogLine(numbers.incrementAndGet(), happening));
        this.ear = fleet.listen(new Fleet.Listener() {
            @Override
            public void changed(Member member) {
                web.push(member);
            }

            @Override
            public void happened(Happening happening) {
                log.add(happening);
            }
        });
    }

    /** To be served at {@code /*}. */
    public Servlet servlet() {
        return web.servlet();
    }

    @Override
    public void close() {
        try {
            ear.close();
        } catch (Exception e) {
            throw new IllegalStateException("the fleet goes on calling an observer that is closed", e);
        } finally {
            web.close();
        }
    }
}
