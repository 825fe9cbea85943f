package ioverlay.itest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/** Addresses of loopback for those who listen later, or again. */
public final class Addresses {
    private Addresses() {}

    /** One that nobody else is given, also not while nobody listens there. */
    public static InetSocketAddress ofItsOwn() {
        ThreadLocalRandom any = ThreadLocalRandom.current();
        return new InetSocketAddress(
                InetAddress.ofLiteral(
                        "127." + any.nextInt(1, 255) + "." + any.nextInt(256) + "." + any.nextInt(1, 255)),
                any.nextInt(10_000, 30_000));
    }

    /** The same as text. */
    public static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
