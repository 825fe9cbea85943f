package ioverlay.bench.emulation;

import java.util.Arrays;
import java.util.List;

/**
 * Where caps are between a source and a sink. Each gives a multiple of the rate that is to come out; 0 is no cap, and
 * the lowest holds.
 */
enum Kind {
    TOTAL("total", 1, 0, 0, 0, 0, 0),
    IN("in", 0, 0, 0, 1, 0, 0),
    OUT("out", 0, 1, 0, 0, 0, 0),
    LINK("link", 0, 0, 1, 0, 0, 0),
    FROM("from", 0, 0, 0, 0, 1, 0),
    RELAY("relay", 0, 0, 0, 0, 0, 2),
    TOTAL_LINK("total+link", 1.5, 0, 1, 0, 0, 0),
    IN_OUT("in+out", 0, 1.2, 0, 1, 0, 0),
    ALL("all", 1, 1.1, 1.2, 1.3, 1.1, 2.2),
    ALL_FROM("all-from", 1.4, 1.2, 1.1, 1.3, 1, 2.4);

    private final String text;

    /** Of the sending node: all it sends and receives, all it sends, what it sends to the next. */
    final double total;

    final double out;
    final double link;

    /** Of the receiving node: all it receives, what it receives from the one before. */
    final double in;

    final double from;

    /** The total of a node in between, which receives and sends everything: twice the rate comes to the rate; 0: no such node. */
    final double relay;

    Kind(String text, double total, double out, double link, double in, double from, double relay) {
        this.text = text;
        this.total = total;
        this.out = out;
        this.link = link;
        this.in = in;
        this.from = from;
        this.relay = relay;
    }

    @Override
    public String toString() {
        return text;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Kind::toString).toList();
    }
}
