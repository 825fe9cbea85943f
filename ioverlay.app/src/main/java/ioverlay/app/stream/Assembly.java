package ioverlay.app.stream;

import ioverlay.api.NodeId;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Puts the units of a stream together again from its messages, at a receiver, and tells where some are missing. It takes
 * the stream of one originator; another one's once that has been silent for {@link #SILENCE_NS}.
 *
 * <p><b>Threads:</b> one.
 */
final class Assembly {
    /** How long an originator keeps its place without a message. */
    static final long SILENCE_NS = 2_000_000_000;

    /** What a receiver makes of it. */
    interface Viewer {
        /** The next unit. */
        void show(Unit unit);

        /** So many units are missing before the next one, 0 if it is not known how many. */
        void missed(long units);

        /** The next one is of another stream. */
        void restarted();
    }

    private final Viewer viewer;
    /** A number alone would keep out an originator that comes back after another one. */
    private record Run(NodeId originator, int number) {}

    private Optional<NodeId> originator = Optional.empty();
    private Optional<Run> run = Optional.empty();
    private Optional<Run> runBefore = Optional.empty();
    private long latestNs;
    private long nextMessage;
    private long nextUnit;
    private boolean isWhole;
    private byte[] tables = new byte[0];
    private final ByteArrayOutputStream packets = new ByteArrayOutputStream();
    private long lost;
    private long late;
    private long ignored;

    /** For that viewer. */
    Assembly(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Takes the next message. */
    void take(NodeId sender, long sequence, Piece piece, long nowNs) {
        Run its = new Run(sender, piece.run());
        if (!isOurs(sender, nowNs) || runBefore.equals(Optional.of(its))) {
            ignored++;
            return;
        }
        latestNs = nowNs;
        if (!run.equals(Optional.of(its))) {
            begin(its, sequence, piece);
        }
        if (sequence < nextMessage) {
            late++;
            return;
        }
        if (sequence > nextMessage) {
            lost += sequence - nextMessage;
            isWhole = false;
            packets.reset();
        }
        nextMessage = sequence + 1;
        join(piece);
    }

    private boolean isOurs(NodeId sender, long nowNs) {
        if (originator.isPresent() && !originator.get().equals(sender) && nowNs - latestNs > SILENCE_NS) {
            originator = Optional.empty();
        }
        if (originator.isEmpty()) {
            originator = Optional.of(sender);
        }
        return originator.get().equals(sender);
    }

    private void begin(Run next, long sequence, Piece piece) {
        if (run.isPresent()) {
            viewer.missed(0);
            viewer.restarted();
        }
        runBefore = run.filter(before -> before.originator().equals(next.originator()));
        run = Optional.of(next);
        nextMessage = sequence;
        nextUnit = piece.unit();
        isWhole = false;
        packets.reset();
    }

    private void join(Piece piece) {
        if (piece.is(Piece.FIRST)) {
            if (piece.unit() != nextUnit) {
                viewer.missed(Math.max(0, piece.unit() - nextUnit));
            }
            nextUnit = piece.unit();
            isWhole = true;
            packets.reset();
            tables = piece.tables();
        }
        if (!isWhole) {
            return; // the rest of a unit whose begin is missing
        }
        if (packets.size() + piece.packets().length > Cutter.MOST_BYTES + Packet.BYTES) {
            packets.reset();
            isWhole = false;
            throw new IllegalArgumentException("a picture has at most " + Cutter.MOST_BYTES + " bytes, not more");
        }
        packets.writeBytes(piece.packets());
        if (piece.is(Piece.LAST)) {
            isWhole = false;
            nextUnit = piece.unit() + 1;
            viewer.show(new Unit(
                    piece.is(Piece.START),
                    piece.is(Piece.RANDOM_ACCESS),
                    piece.arrivedMicros(),
                    piece.decodeTime(),
                    tables,
                    packets.toByteArray()));
        }
    }

    /** Who is listened to. */
    Optional<NodeId> originator() {
        return originator;
    }

    /** Messages that did not come. */
    long lost() {
        return lost;
    }

    /** Messages that came again, or after a later one. */
    long late() {
        return late;
    }

    /** Messages of others, or of a run that is over. */
    long ignored() {
        return ignored;
    }
}
