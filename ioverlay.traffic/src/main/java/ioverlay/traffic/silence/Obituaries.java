package ioverlay.traffic.silence;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whose death was told: it is told once, until there was a sign of life.
 *
 * <p><b>Threads:</b> one at a time.
 *
 * @param <P> what names a peer
 */
public final class Obituaries<P> {
    private final int most;
    private final Set<P> told = new LinkedHashSet<>();

    /**
     * Nobody is dead.
     *
     * @param peers that are remembered; one more and the one told first is forgotten
     */
    public Obituaries(int peers) {
        most = peers;
    }

    /** Whether it is to be told now. */
    public boolean isNews(P peer) {
        if (!told.add(peer)) {
            return false;
        }
        if (told.size() > most) {
            told.remove(told.iterator().next());
        }
        return true;
    }

    /** It lives. */
    public void lives(P peer) {
        told.remove(peer);
    }
}
