package ioverlay.app.stream;

import com.google.gson.JsonObject;

/** A stream that needs nobody: pictures of a {@link PictureCoder}, each when it is due. */
final class TestPicture implements Input {
    private static final long PERIOD_NS = 1_000_000_000 / PictureCoder.RATE;
    private static final int TICKS = 90_000 / PictureCoder.RATE;
    private static final int MPEG2 = 2;
    private static final long MOST_BEHIND_NS = 200_000_000;

    private final PictureCoder coder;
    private final Mux mux = new Mux(MPEG2);
    private long pictures;
    private long nextNs = Long.MIN_VALUE;

    /** With that many bytes per second, packets and all. */
    TestPicture(long bytesPerSecond) {
        int packets = (int) (bytesPerSecond / PictureCoder.RATE / Packet.BYTES) - 2; // those of the tables
        coder = new PictureCoder(packets * (Packet.BYTES - 4));
    }

    @Override
    public long read(long nowNs, Sink to) {
        if (nextNs < nowNs - MOST_BEHIND_NS) {
            nextNs = nowNs;
        }
        while (nextNs <= nowNs) {
            boolean isRandomAccess = PictureCoder.isRandomAccess(pictures);
            mux.picture(
                    coder.code(pictures), pictures * TICKS, isRandomAccess, bytes -> to.packet(new Packet(bytes, 0)));
            pictures++;
            nextNs += PERIOD_NS;
        }
        return nextNs;
    }

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public void describe(JsonObject to) {
        to.addProperty("coded", pictures);
    }

    @Override
    public void close() {}
}
