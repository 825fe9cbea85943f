package ioverlay.engine;

import ioverlay.io.message.Origin;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose messages cause what goes into one outbox: ports, and the origin lanes of slots, which live as long as
 * those. When the last one is dead, the session is over here (paper, the "Domino Effect").
 *
 * <p><b>Threads:</b> the turn.
 */
final class Feeders {
    private final Outbox box;
    private final Set<Origin> living = new HashSet<>();
    private @Nullable Origin last;

    Feeders(Outbox box) {
        this.box = box;
    }

    /** Per message: one comparison for as long as the same port feeds. */
    @SuppressWarnings("ReferenceEquality") // which one, not what it is like: one comparison per message
    void add(Origin origin) {
        if (origin != last) {
            last = origin;
            if (living.add(origin) && origin instanceof Port port) {
                port.feeds.add(box);
            }
        }
    }

    /** Nothing more comes of it; whether it was the last one. */
    boolean remove(Origin origin) {
        last = null;
        return living.remove(origin) && living.isEmpty();
    }

    /** The box is gone: the ports forget it. */
    void clear() {
        for (Origin origin : living) {
            if (origin instanceof Port port) {
                port.feeds.remove(box);
            }
        }
        living.clear();
        last = null;
    }

    boolean isEmpty() {
        return living.isEmpty();
    }

    /** The share of the box among boxes: what the ports weigh that feed it, at least 1. */
    int weight() {
        int weight = 0;
        for (Origin origin : living) {
            if (origin instanceof Port port) {
                weight += port.weight();
            }
        }
        return Math.max(1, weight);
    }
}
