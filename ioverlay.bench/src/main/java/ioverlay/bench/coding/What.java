package ioverlay.bench.coding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured. */
enum What {
    /** Blocks are multiplied and added to another, one at a time. */
    MAD,
    /** A source makes a random combination of its blocks. */
    ENCODE,
    /** A node in between makes one of combinations. */
    RECODE,
    /** A receiver makes blocks of as many combinations, none of them in clear. */
    DECODE;

    /** In the file and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
        return Arrays.stream(values()).map(What::toString).toList();
    }
}
