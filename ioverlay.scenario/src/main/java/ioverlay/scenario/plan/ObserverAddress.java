package ioverlay.scenario.plan;

import ioverlay.api.container.RefusedException;
import java.net.URI;
import java.util.regex.Pattern;

/** Where an observer's page is, as a person writes it. */
public final class ObserverAddress {
    private static final Pattern ALLOWED =
            Pattern.compile("(?:http://)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})/?");

    private ObserverAddress() {}

    /**
     * As the address of its REST interface, with a stroke at the end.
     *
     * @throws RefusedException with the rule and the value
     */
    public static URI of(String text) {
        var parts = ALLOWED.matcher(text.strip());
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
            throw new RefusedException(
                    "an observer is named by the address of its page, as http://127.0.0.1:8500, not '" + shown + "'");
        }
        return URI.create("http://" + parts.group(1) + ":" + parts.group(2) + "/");
    }
}
