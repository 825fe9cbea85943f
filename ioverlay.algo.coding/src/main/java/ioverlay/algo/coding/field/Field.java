package ioverlay.algo.coding.field;

/**
 * The field GF(2^8) of bytes modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11d, as in RFC 5510 and RFC 8681), in which 2 generates
 * all but zero. Addition and subtraction are exclusive or. The tables are computed when the class is loaded.
 *
 * <p>Elements are ints from 0 to 255 here, and bytes in memory.
 *
 * <p><b>Threads:</b> any.
 */
public final class Field {
    /** How many elements there are. */
    public static final int ORDER = 256;

    /** The polynomial that products are reduced by. */
    public static final int POLYNOMIAL = 0x11d;

    private static final int UNITS = ORDER - 1;
    private static final int[] LOGARITHM = new int[ORDER];

    /** Powers of 2, twice over: a sum of two logarithms needs no reduction. */
    private static final byte[] POWER = new byte[2 * UNITS];

    /** Row c holds c times 0 to 255. */
    private static final byte[] PRODUCT = new byte[ORDER * ORDER];

    static {
        int power = 1;
        for (int exponent = 0; exponent < UNITS; exponent++) {
            POWER[exponent] = (byte) power;
            POWER[exponent + UNITS] = (byte) power;
            LOGARITHM[power] = exponent;
            power <<= 1;
            if (power >= ORDER) {
                power ^= POLYNOMIAL;
            }
        }
        for (int a = 1; a < ORDER; a++) {
            for (int b = 1; b < ORDER; b++) {
                PRODUCT[a << 8 | b] = POWER[LOGARITHM[a] + LOGARITHM[b]];
            }
        }
    }

    private Field() {}

    /** The product of two elements, 0 to 255 each. */
    public static int times(int a, int b) {
        return PRODUCT[a << 8 | b] & 0xff;
    }

    /**
     * What gives 1 when multiplied by the element.
     *
     * @throws ArithmeticException for 0, which has none
     */
    public static int inverse(int a) {
        if (a == 0) {
            throw new ArithmeticException("0 has no inverse in GF(2^8)");
        }
        return POWER[UNITS - LOGARITHM[a]] & 0xff;
    }

    /** Where the products of an element begin in {@link #products}. */
    static int row(int a) {
        return a << 8;
    }

    /** All products, by rows. Not to be written to. */
    static byte[] products() {
        return PRODUCT;
    }
}
