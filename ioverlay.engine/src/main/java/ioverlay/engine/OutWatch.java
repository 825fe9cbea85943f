package ioverlay.engine;

import ioverlay.io.wire.LinkType;
import ioverlay.traffic.silence.Suspicion;

/**
 * The watch over a link that this node dialled. Its peer owes as long as data is unacknowledged, or control that was
 * written after its last sign of life; it is asked by an ECHO, and whatever comes back is a sign. Each application that
 * writes nothing for a while is said to be QUIET, once, so that the peer does not wait for it and acknowledges what it
 * has taken: so what stays unacknowledged is blocked below, and the peer is asked for as long as it is.
 *
 * <p><b>Threads:</b> the turn.
 */
final class OutWatch implements Vigil.Watch {
    private final OutLink link;
    private final Vigil vigil;
    private final Suspicion suspicion;
    private long heard;
    private long controlBytes;

    /** Of the control that was sent, this was sent before the peer's last sign: nobody says QUIET for it. */
    private long settledBytes;

    /** The turn's: it is being watched. */
    boolean on;

    OutWatch(OutLink link, Vigil vigil) {
        this.link = link;
        this.vigil = vigil;
        this.suspicion = new Suspicion(vigil.limitNs());
    }

    @Override
    public boolean look(long awakeNs) {
        on = link.state() == OutLink.State.OPEN;
        if (!on) {
            return false;
        }
        long signs = link.heard();
        if (signs != heard) {
            heard = signs;
            settledBytes = controlBytes; // as of the look before: what was sent since may have come after the sign
        }
        controlBytes = link.control().sentBytes();
        boolean owes = controlBytes > settledBytes && link.control().unacknowledgedBytes() > 0;
        boolean restless = false;
        for (Outbox box : link.boxes()) {
            owes |= box.unacknowledgedBytes() > 0;
            restless |= isRestless(box, awakeNs);
        }
        Suspicion.Verdict verdict = suspicion.look(awakeNs, signs, owes);
        if (verdict == Suspicion.Verdict.FAILED) {
            link.silent(vigil.sentence());
            return false;
        }
        if (verdict == Suspicion.Verdict.ASK) {
            link.say(LinkType.ECHO, 0, 0);
        }
        on = owes || restless;
        return on;
    }

    /** Whether the box has written lately; if it has not for a while, it says so. */
    private boolean isRestless(Outbox box, long awakeNs) {
        if (box.sentBytes() != box.lookedBytes) {
            box.lookedBytes = box.sentBytes();
            box.restSinceNs = awakeNs;
            box.quiet = false;
        } else if (!box.quiet && awakeNs - box.restSinceNs >= vigil.limitNs() / 4) {
            box.quiet = true;
            if (box.sentBytes() > 0) {
                link.say(LinkType.QUIET, box.application(), 0);
            }
        }
        return !box.quiet;
    }
}
