package ioverlay.app.stream;

import java.io.ByteArrayOutputStream;

/**
 * Cuts a transport stream into {@link Unit units}, one for each picture. What comes before the tables and the first
 * random access point is left out; so is a picture of which packets are missing, that the input's end or another encoder has
 * cut off, or that is too long, with all up to the next such point. A packet that comes twice is taken once.
 *
 * <p><b>Threads:</b> one.
 */
final class Cutter {
    /** The most bytes of a unit, and of a picture; what comes beside a picture that is whole goes on in another unit. */
    static final int MOST_BYTES = 4 << 20;

    /** How long a unit waits for the begin of the next one, from its last packet, in microseconds. */
    static final long PATIENCE_MICROS = 100_000;

    private static final byte[] NOTHING = {};
    private static final int SCANNED_BYTES = 1 << 16;

    /** Where the units go. */
    interface Taker {
        /** The next one. */
        void add(Unit unit);

        /** At least one is missing before the next one, which is a random access point. */
        void missed();
    }

    private final Taker to;
    private final Program program = new Program();
    private final ContinuityCheck continuity = new ContinuityCheck();
    private final ByteArrayOutputStream packets = new ByteArrayOutputStream();
    private byte[] tables = NOTHING;
    private boolean isStart;
    private boolean isRandomAccess;
    private long decodeTime = Pes.NO_TIME;
    private long beganMicros;
    private long latestMicros;
    private int word = -1;
    private int scanned;
    private long taken;
    private long early;
    private long damaged;
    private boolean isBroken;
    private boolean isHalf; // known since the latest packet came
    private boolean isAwaiting = true;
    private boolean hasBegun;
    private long brokenPictures;

    /** Hands on each unit when it is whole. */
    Cutter(Taker to) {
        this.to = to;
    }

    /** Takes the next packet, which came at that time. */
    void take(Packet packet, long micros) {
        taken++;
        isHalf = false;
        latestMicros = micros;
        if (packet.isDamaged()) {
            damaged++;
            return; // its counter will be missing
        }
        long errors = continuity.errors();
        if (!continuity.take(packet)) {
            return;
        }
        look(packet);
        if (!program.isKnown()) {
            early++;
            return;
        }
        if (packet.pid() == program.pid()) {
            isBroken |= continuity.errors() > errors; // the picture before, if a new one begins here
            picture(packet);
        }
        if (packets.size() >= MOST_BYTES) {
            isBroken |= !UnitEnd.isWhole(packets.toByteArray(), program.pid());
            finish();
        }
        if (packets.size() == 0) {
            beganMicros = micros;
        }
        packets.write(packet.bytes(), packet.at(), Packet.BYTES);
    }

    /** Tables may name another PID or codec: then what comes is another encoder's. */
    private void look(Packet packet) {
        boolean wasKnown = program.isKnown();
        int pid = program.pid();
        Codec codec = program.codec();
        program.take(packet);
        if (wasKnown && (program.pid() != pid || program.codec() != codec)) {
            restart();
        }
    }

    private void picture(Packet packet) {
        int from = packet.payloadAt();
        if (packet.isUnitStart()) {
            finish();
            Pes pes = Pes.read(packet);
            isStart = true;
            tables = program.tables(); // as they are now: those that come within the unit may be others
            decodeTime = pes.decodeTime();
            from = pes.dataAt();
            isRandomAccess = packet.isRandomAccess() || program.codec() == Codec.AUDIO;
            scanned = 0;
            word = -1;
        }
        if (isStart && !isRandomAccess && scanned < SCANNED_BYTES) {
            scan(packet, from);
        }
    }

    private void scan(Packet packet, int from) {
        for (int at = from; at < packet.end(); at++) {
            word = word << 8 | (packet.bytes()[at] & 0xff);
            if (word >>> 8 == 1 && program.codec().isRandomAccess(word & 0xff)) {
                isRandomAccess = true;
                return;
            }
        }
        scanned += packet.end() - from;
    }

    /** Says what time it is where nothing comes: what has waited for long goes out, if it is whole. */
    void idle(long micros) {
        if (packets.size() > 0 && !isHalf && micros - latestMicros > PATIENCE_MICROS) {
            isHalf = !UnitEnd.isWhole(packets.toByteArray());
            if (!isHalf) {
                finish();
            }
        }
    }

    /** Nothing more comes: what was taken last is a unit if it is whole, and left out if it is not. */
    void end() {
        isBroken |= !UnitEnd.isWhole(packets.toByteArray());
        finish();
    }

    /** What was taken so far is a unit. */
    private void finish() {
        if (packets.size() > 0 && !isBroken && (!isAwaiting || isRandomAccess)) {
            isAwaiting = false;
            hasBegun = true;
            byte[] known = isRandomAccess ? tables : NOTHING;
            to.add(new Unit(isStart, isRandomAccess, beganMicros, decodeTime, known, packets.toByteArray()));
        } else if (packets.size() > 0) {
            brokenPictures += isStart && hasBegun ? 1 : 0;
            if (!isAwaiting) {
                to.missed();
            }
            isAwaiting = true;
        }
        packets.reset();
        isStart = false;
        isRandomAccess = false;
        isBroken = false;
        isHalf = false;
        decodeTime = Pes.NO_TIME;
    }

    /** What comes next is another stream. */
    void restart() {
        end();
        continuity.restart();
        isAwaiting = true;
        to.missed();
    }

    Program program() {
        return program;
    }

    /** Packets taken. */
    long taken() {
        return taken;
    }

    /** Packets that came before the tables were known. */
    long early() {
        return early;
    }

    /** Packets that said that they are damaged, and were left out. */
    long damaged() {
        return damaged;
    }

    /** Pictures left out since packets were missing, the input's end or another encoder cut them off, or they were too long. */
    long brokenPictures() {
        return brokenPictures;
    }

    /** Where packets were missing before they came here. */
    long continuityErrors() {
        return continuity.errors();
    }
}
