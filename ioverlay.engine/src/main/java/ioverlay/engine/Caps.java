package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.container.Emulation;
import ioverlay.traffic.shape.Schedule;
import java.util.concurrent.TimeUnit;

/**
 * The network that a node is to believe in, and the caps that all of its links share.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Caps {
    final Schedule total = new Schedule();
    final Schedule in = new Schedule();
    final Schedule out = new Schedule();
    private Emulation emulation;

    Caps(Emulation emulation) {
        this.emulation = emulation;
        apply(0);
    }

    Emulation emulation() {
        return emulation;
    }

    /** Changes it, if all of the change is right; what holds now. */
    Emulation change(JsonObject change, long nowNs) {
        emulation = emulation.changed(change);
        apply(nowNs);
        return emulation;
    }

    private void apply(long nowNs) {
        long metering = TimeUnit.MILLISECONDS.toNanos(emulation.meteringMillis());
        total.cap(emulation.total().orElse(0), metering, nowNs);
        in.cap(emulation.in().orElse(0), metering, nowNs);
        out.cap(emulation.out().orElse(0), metering, nowNs);
    }
}
