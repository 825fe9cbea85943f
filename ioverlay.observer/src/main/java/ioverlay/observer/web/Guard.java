package ioverlay.observer.web;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask at all. A page of somebody else's, open in the browser of a person who runs an observer, may send requests
 * to loopback: it is known by its Origin, or by a name of its own that it had pointed to 127.0.0.1 (DNS rebinding) and
 * that then stands in Host.
 */
final class Guard {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.%]+]|[0-9a-z._-]+)(?::([0-9]{1,5}))?");

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    private Guard() {}

    /**
     * Lets it pass.
     *
     * @param host of the request
     * @param origin of the request
     * @param local address at which it arrived
     * @throws Problem 403
     */
    static void check(@Nullable String host, @Nullable String origin, String local) {
        if (host == null) {
            throw new Problem(403, "a request must say the Host that it is for");
        }
        String name = host.toLowerCase(Locale.ROOT);
        var parts = HOST.matcher(name);
        if (!parts.matches() || !known(parts.group(1), local)) {
            throw new Problem(
                    403, "Host must be a loopback name or the address listened at, not '" + shortened(host) + "'");
        }
        // Over http only: there is no TLS here yet, so a page that came over https is another's.
        if (origin != null && !origin.toLowerCase(Locale.ROOT).equals("http://" + name)) {
            throw new Problem(
                    403, "Origin, where there is one, must be http://" + name + ", not '" + shortened(origin) + "'");
        }
    }

    private static boolean known(String name, String local) {
        if (LOOPBACK.matcher(name).matches()) {
            return true;
        }
        String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        return bare.equals(local.toLowerCase(Locale.ROOT));
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
