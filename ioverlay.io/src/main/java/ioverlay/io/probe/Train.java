package ioverlay.io.probe;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.probe.Conditions.Terms;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * The available bandwidth of a way: a few messages of equal size, each sent when the sender's caps allow it and taken
 * when the receiver's do. The rate is (bytes − first) / (last − first arrival), as the receiver saw it; it cannot claim
 * more than was sent, since it answers with what it can only know from all of the messages. One that was slower
 * than the caps that are known is followed by another, two at most, and the fastest counts: a short train that meets a host which is busy
 * for some milliseconds says little of the way.
 *
 * <p><b>Threads:</b> each side blocks its own virtual thread; whoever started it closes the channel at the deadline.
 */
final class Train {
    /** All of a train, headers included. */
    static final int MOST_BYTES = 64_000;

    /** The most cars of a train. */
    static final int MOST_CARS = 64;

    private static final int LEAST_CARS = 8;
    private static final int CAR_BYTES = 1000;
    private static final int LEAST_CAR_BYTES = Header.BYTES + Long.BYTES;

    /** A train takes this part of a second where a cap is known. */
    private static final int TRAINS_PER_SECOND = 4;

    /**
     * Where trains brought less of what the caps allow another one is sent, twice at most, if the last was no longer. It is close
     * to one since a tree takes 5 % for a difference.
     */
    private static final double LESS = 0.97;

    private static final int MOST_MORE = 2;
    private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long BUSY = -1;
    private static final long BUSY_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final SecureRandom NUMBERS = new SecureRandom();

    private Train() {}

    /**
     * The sender's side.
     *
     * @return bytes per second
     * @throws IOException if the connection broke or the answer cannot be true: a sentence says which
     */
    static double send(Frames frames, NodeId peer, Conditions conditions) throws IOException {
        Trip found = trip(frames, peer, conditions);
        double best = found.bytesPerSecond();
        try {
            for (int more = MOST_MORE; more > 0 && isDoubtful(best, found); more--) {
                found = trip(frames, peer, conditions);
                best = Math.max(best, found.bytesPerSecond());
            }
        } catch (IOException e) {
            return best; // what was measured is no worse for it
        }
        return best;
    }

    private static boolean isDoubtful(double best, Trip latest) {
        return best < LESS * latest.cap() && latest.tookNs() <= AGAIN_NS;
    }

    /** What one train found, the least cap of the way that is known, 0 if there is none, and how long it took. */
    private record Trip(double bytesPerSecond, long cap, long tookNs) {}

    private static Trip trip(Frames frames, NodeId peer, Conditions conditions) throws IOException {
        long theirs = ask(frames);
        long own = conditions.of(peer, true, 0).bytesPerSecond();
        int bytes = bytes(own, theirs);
        int cars = Math.clamp(bytes / CAR_BYTES, LEAST_CARS, MOST_CARS);
        int carBytes = bytes / cars;
        Terms terms = conditions.of(peer, true, cars * carBytes);
        double carNs = terms.bytesPerSecond() == 0 ? 0 : carBytes * 1e9 / terms.bytesPerSecond();
        long firstNs = System.nanoTime() + terms.waitNs();
        long begunNs = 0;
        long proof = 0;
        for (int i = 0; i < cars; i++) {
            boolean last = i == cars - 1;
            frames.await(firstNs + (long) (i * carNs), i == 0 || last);
            long number = NUMBERS.nextLong();
            proof ^= number;
            begunNs = i == 0 ? System.nanoTime() : begunNs;
            frames.write(LinkType.CAR, cars - 1 - i, number, carBytes - Header.BYTES, 0, 0);
        }
        long sentNs = System.nanoTime() - begunNs;
        frames.expect(LinkType.ARRIVED);
        long tookNs = System.nanoTime() - begunNs;
        double rate = rate(frames, proof, (long) cars * carBytes, carBytes, sentNs, tookNs);
        return new Trip(rate, least(own, theirs), tookNs);
    }

    private static long least(long own, long theirs) {
        return own == 0 ? theirs : theirs == 0 ? own : Math.min(own, theirs);
    }

    /** Asks to be let in, again while the peer is busy; its cap. */
    private static long ask(Frames frames) throws IOException {
        while (true) {
            frames.write(LinkType.TRAIN, 0);
            frames.expect(LinkType.TRAIN);
            long cap = frames.sequence();
            if (cap >= 0) {
                return cap;
            }
            if (cap != BUSY) {
                throw new IOException("the peer says that it is capped at " + cap + " bytes per second");
            }
            frames.await(System.nanoTime() + BUSY_PAUSE_NS, false);
        }
    }

    private static int bytes(long own, long theirs) {
        long cap = least(own, theirs);
        return cap == 0
                ? MOST_BYTES
                : (int) Math.clamp(cap / TRAINS_PER_SECOND, (long) LEAST_CARS * LEAST_CAR_BYTES, MOST_BYTES);
    }

    private static double rate(Frames frames, long proof, long bytes, int first, long sentNs, long tookNs)
            throws IOException {
        long arrived = frames.number(0);
        long spanNs = frames.number(1);
        if (frames.sequence() != proof || arrived != bytes) {
            throw new IOException(
                    "the peer says that " + arrived + " bytes arrived of " + bytes + ", and does not know all of them");
        }
        if (spanNs <= 0 || spanNs > tookNs) {
            throw new IOException("the peer says that they came within " + spanNs + " ns, of " + tookNs);
        }
        return (bytes - first) * 1e9 / Math.max(spanNs, sentNs);
    }

    /** The receiver's side, from the first word on. */
    static void take(Frames frames, NodeId peer, Conditions conditions) throws IOException {
        long cap = conditions.of(peer, false, 0).bytesPerSecond();
        int mostBytes = bytes(0, cap);
        frames.write(LinkType.TRAIN, cap);
        long[] arrivedNs = new long[MOST_CARS];
        int[] lengths = new int[MOST_CARS];
        long proof = 0;
        int bytes = 0;
        int cars = 0;
        do {
            frames.expect(LinkType.CAR);
            if (cars == MOST_CARS || bytes + frames.bytes() > mostBytes) {
                throw new IOException("this train has at most " + MOST_CARS + " cars and " + mostBytes + " bytes");
            }
            arrivedNs[cars] = System.nanoTime();
            lengths[cars] = frames.bytes();
            bytes += lengths[cars++];
            proof ^= frames.sequence();
        } while (frames.application() != 0);
        Terms terms = conditions.of(peer, false, bytes);
        double nsPerByte = terms.bytesPerSecond() == 0 ? 0 : 1e9 / terms.bytesPerSecond();
        double takenNs = arrivedNs[0];
        for (int i = 1; i < cars; i++) {
            takenNs = Math.max((double) arrivedNs[i], takenNs + lengths[i] * nsPerByte);
        }
        long spanNs = Math.max(1, (long) takenNs - arrivedNs[0]);
        frames.await(arrivedNs[0] + spanNs, false);
        frames.write(LinkType.ARRIVED, 0, proof, 2 * Long.BYTES, bytes, spanNs);
    }

    static void busy(Frames frames) throws IOException {
        frames.write(LinkType.TRAIN, BUSY);
    }
}
