package ioverlay.app.stream;

import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Units that wait at the source for room in its node. Where there is none for long, whole pictures are left out up to the
 * next random access point: the stream is live.
 *
 * <p><b>Threads:</b> one.
 */
final class Departures implements Cutter.Taker {
    /** The most bytes that wait. */
    static final long MOST_BYTES = 8 << 20;

    /** The longest that one waits, in microseconds. */
    static final long LONGEST_MICROS = 2_000_000;

    private record Numbered(long number, Unit unit) {}

    private final Deque<Numbered> waiting = new ArrayDeque<>();
    private final int run;
    private final int packetsOfPiece;
    private boolean isSkipping = true;
    private long bytes;
    private int at;
    private long units;
    private long sequence;
    private long pictures;
    private long randomAccess;
    private long skipped;

    /** For messages of a run with payloads of at most that many bytes. */
    Departures(int run, int messageBytes) {
        this.run = run;
        packetsOfPiece = (messageBytes - Piece.HEADER) / Packet.BYTES;
    }

    /** Takes a unit. Before the first random access point it is left out, for nobody could begin with it. */
    @Override
    public void add(Unit next) {
        if (randomAccess == 0 && !next.isRandomAccess()) {
            return;
        }
        pictures += next.isStart() ? 1 : 0;
        randomAccess += next.isRandomAccess() ? 1 : 0;
        long number = units++; // also of what is left out: whoever sees a number missing knows that a picture is
        if (isSkipping && !next.isRandomAccess()) {
            skipped += next.isStart() ? 1 : 0;
            return;
        }
        isSkipping = false;
        waiting.add(new Numbered(number, next));
        bytes += next.bytes();
        long waited = next.arrivedMicros() - waiting.getFirst().unit().arrivedMicros();
        if (bytes > MOST_BYTES || waited > LONGEST_MICROS) {
            skip();
        }
    }

    @Override
    public void missed() {
        units += randomAccess > 0 ? 1 : 0; // a number that will be missing
    }

    /** Leaves out what waits, but for the unit that is under way. */
    private void skip() {
        Deque<Numbered> kept = new ArrayDeque<>();
        if (at > 0) {
            kept.add(waiting.removeFirst());
        }
        skipped += waiting.stream().filter(each -> each.unit().isStart()).count();
        waiting.clear();
        waiting.addAll(kept);
        bytes = kept.stream().mapToLong(each -> each.unit().bytes()).sum();
        isSkipping = true;
    }

    /** Sends as far as there is room. */
    void send(Outlet outlet) {
        while (!waiting.isEmpty()) {
            Piece piece = next(waiting.getFirst());
            if (!outlet.fits(piece.size())) {
                return;
            }
            piece.write(outlet.open(MessageType.DATA, sequence++, piece.size()));
            at += piece.packets().length;
            if (piece.is(Piece.LAST)) {
                bytes -= waiting.removeFirst().unit().bytes();
                at = 0;
            }
        }
    }

    private Piece next(Numbered next) {
        Unit from = next.unit();
        boolean isFirst = at == 0;
        byte[] tables = isFirst ? from.tables() : new byte[0];
        int most = Math.max(1, packetsOfPiece - tables.length / Packet.BYTES) * Packet.BYTES;
        int to = Math.min(from.bytes(), at + most);
        int flags = (isFirst ? Piece.FIRST : 0)
                | (to == from.bytes() ? Piece.LAST : 0)
                | (from.isStart() ? Piece.START : 0)
                | (from.isRandomAccess() ? Piece.RANDOM_ACCESS : 0);
        byte[] packets = Arrays.copyOfRange(from.packets(), at, to);
        return new Piece(flags, run, next.number(), from.arrivedMicros(), from.decodeTime(), tables, packets);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Messages sent. */
    long messages() {
        return sequence;
    }

    /** Pictures taken. */
    long pictures() {
        return pictures;
    }

    /** Random access points taken. */
    long randomAccess() {
        return randomAccess;
    }

    /** Pictures that were left out since there was no room. */
    long skipped() {
        return skipped;
    }
}
