package ioverlay.cli;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something listens, as an option gives it: {@code ADDRESS:PORT}.
 *
 * @param address a literal IPv4 loopback address
 * @param port 0 (any free one) to 65535
 */
record Endpoint(String address, int port) {
    private static final Pattern SHAPE = Pattern.compile("([^:]+):(\\d{1,5})");
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int MOST = 0xffff;

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with the rule and the value: no such thing, or no loopback address, which is all that is
     *     allowed as long as nothing is encrypted
     */
    static Endpoint parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > MOST) {
            throw new IllegalArgumentException(
                    "ADDRESS:PORT is needed, an IPv4 address and a port from 0 (any free one) to 65535, not '" + text
                            + "'");
        }
        String address = parts.group(1).equals("localhost") ? "127.0.0.1" : parts.group(1);
        if (!isLoopback(address)) {
            throw new IllegalArgumentException(
                    "only a loopback address such as 127.0.0.1 is listened at and dialled until connections are encrypted, not '"
                            + parts.group(1) + "'");
        }
        return new Endpoint(address, Integer.parseInt(parts.group(2)));
    }

    private static boolean isLoopback(String address) {
        try {
            return LITERAL.matcher(address).matches()
                    && InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false; // no literal address
        }
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
