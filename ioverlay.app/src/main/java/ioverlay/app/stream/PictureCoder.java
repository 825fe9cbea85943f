package ioverlay.app.stream;

import java.util.Arrays;

/**
 * Codes pictures of a moving bar before snow as MPEG-2 video (ISO/IEC 13818-2, main profile): of each block only the mean,
 * and as much snow as a picture may have bytes. That is enough for every decoder to show it, and needs no encoder.
 *
 * <p><b>Threads:</b> one.
 */
final class PictureCoder {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;
    static final int RATE = 25;

    /** Pictures from one random access point to the next. */
    static final int GROUP = 12;

    private static final int BLOCK = 16;
    private static final int COLUMNS = WIDTH / BLOCK;
    private static final int ROWS = HEIGHT / BLOCK;
    private static final int QUIET_BITS = 32;
    private static final int BEFORE_BITS = 6;
    private static final int SLICE_BYTES = 6;
    private static final int GREY = 128;
    private static final int BLACK = 16;
    private static final int WHITE = 235;
    private static final int LUMA_BLOCKS = 4;

    /** Sizes of differences, tables B.12 and B.13. */
    private static final String[] LUMA = {"100", "00", "01", "101", "110", "1110", "11110", "111110", "1111110"};

    private static final String[] CHROMA = {"00", "01", "10", "110", "1110", "11110", "111110", "1111110", "11111110"};

    private static final String END_OF_BLOCK = "10";
    private static final String NEXT = "1"; // the macroblock after the one before, table B.1
    private static final String INTRA = "1"; // table B.2
    private static final String INTRA_IN_P = "00011"; // table B.3
    private static final String AS_BEFORE = "001" + "1" + "1"; // forward, nothing coded, no motion

    private final int pictureBytes;
    private final int[] means = new int[3];
    private long snow = 1;

    /** For pictures of about that many bytes. */
    PictureCoder(int pictureBytes) {
        this.pictureBytes = pictureBytes;
    }

    static boolean isRandomAccess(long number) {
        return number % GROUP == 0;
    }

    /** The picture with that number, counted from 0. */
    byte[] code(long number) {
        Bits bits = new Bits();
        if (isRandomAccess(number)) {
            sequence(bits);
        }
        picture(bits, (int) (number % GROUP));
        long bar = number % COLUMNS;
        for (int row = 0; row < ROWS; row++) {
            bits.startCode(row + 1).put(8, 5).put(0, 1); // quantiser_scale_code, extra_bit_slice
            row(bits, row, bar, isRandomAccess(number));
        }
        return bits.toBytes();
    }

    private static void sequence(Bits bits) {
        bits.startCode(0xb3).put(WIDTH, 12).put(HEIGHT, 12).put(1, 4).put(3, 4); // square samples, 25 a second
        bits.put(0x3ffff, 18).put(1, 1).put(112, 10).put(0, 3); // any bit rate, marker, vbv_buffer_size
        bits.startCode(0xb5)
                .put(1, 4)
                .put(0x48, 8)
                .put(1, 1)
                .put(1, 2); // main profile at main level, progressive, 4:2:0
        bits.put(0, 4).put(0, 12).put(1, 1).put(0, 8).put(1, 1).put(0, 7); // low_delay: pictures come in their order
        bits.startCode(0xb8).put(1 << 12, 25).put(2, 2); // time code 0 with its marker, closed_gop
    }

    private static void picture(Bits bits, int inGroup) {
        boolean isIntra = inGroup == 0;
        bits.startCode(0).put(inGroup, 10).put(isIntra ? 1 : 2, 3).put(0xffff, 16);
        if (!isIntra) {
            bits.put(7, 4); // full_pel_forward_vector, forward_f_code
        }
        bits.put(0, 1);
        bits.startCode(0xb5).put(8, 4).put(isIntra ? 0xff : 0x11, 8).put(0xff, 8); // f_code
        bits.put(0, 2)
                .put(3, 2)
                .put(0, 1)
                .put(1, 1)
                .put(0, 5)
                .put(1, 1)
                .put(1, 1)
                .put(0, 1); // whole frames, progressive
    }

    private void row(Bits bits, int row, long bar, boolean isIntra) {
        reset();
        for (int column = 0; column < COLUMNS; column++) {
            boolean isSnow = bits.size() + restBytes(row, column, isIntra) < pictureBytes;
            boolean isBar = column == bar || column == (bar + COLUMNS - 1) % COLUMNS; // and where it was
            bits.put(NEXT);
            if (isIntra || isSnow || isBar) {
                bits.put(isIntra ? INTRA : INTRA_IN_P);
                block(bits, column == bar, isSnow && !isBar, column);
            } else {
                bits.put(AS_BEFORE);
                reset();
            }
        }
    }

    /** What the rest of the picture needs without snow. */
    private static int restBytes(int row, int column, boolean isIntra) {
        int blocks = (ROWS - row) * COLUMNS - column;
        return blocks * (isIntra ? QUIET_BITS : BEFORE_BITS) / Byte.SIZE + (ROWS - row) * SLICE_BYTES;
    }

    private void reset() {
        Arrays.fill(means, GREY);
    }

    private void block(Bits bits, boolean isWhite, boolean isSnow, int column) {
        for (int block = 0; block < LUMA_BLOCKS; block++) {
            int quiet = isWhite ? WHITE : GREY;
            mean(bits, 0, LUMA, isSnow ? BLACK + (int) (next() % (WHITE - BLACK)) : quiet);
        }
        mean(bits, 1, CHROMA, GREY + (isSnow ? 0 : 2 * column - COLUMNS));
        mean(bits, 2, CHROMA, GREY - (isSnow ? 0 : 2 * column - COLUMNS));
    }

    private void mean(Bits bits, int component, String[] sizes, int value) {
        int difference = value - means[component];
        means[component] = value;
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(difference));
        bits.put(sizes[size]);
        bits.put(difference < 0 ? difference + (1 << size) - 1 : difference, size);
        bits.put(END_OF_BLOCK);
    }

    /** Xorshift: snow is the same in every run. */
    private long next() {
        snow ^= snow << 13;
        snow ^= snow >>> 7;
        snow ^= snow << 17;
        return snow >>> 1;
    }
}
