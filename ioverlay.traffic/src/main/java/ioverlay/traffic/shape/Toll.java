package ioverlay.traffic.shape;

import java.util.List;

/**
 * Several caps that hold at once for the same traffic: the lowest decides, all are paid.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class Toll implements Cap {
    private final Cap[] caps;

    /** All of these. */
    public Toll(List<Cap> caps) {
        this.caps = caps.toArray(Cap[]::new);
    }

    @Override
    public long allowance(long nowNs) {
        long least = Long.MAX_VALUE;
        for (Cap cap : caps) {
            least = Math.min(least, cap.allowance(nowNs));
            if (least == 0) {
                return 0; // the later ones are not asked: nobody waits for them
            }
        }
        return least;
    }

    @Override
    public long dueNs() {
        long last = 0;
        for (Cap cap : caps) {
            last = Math.max(last, cap.dueNs());
        }
        return last;
    }

    @Override
    public void charge(long bytes, long nowNs) {
        for (Cap cap : caps) {
            cap.charge(bytes, nowNs);
        }
    }
}
