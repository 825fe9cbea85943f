package ioverlay.shell;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments as a person reads them. */
final class Clock {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private Clock() {}

    static String time(Instant moment) {
        return TIME.format(moment);
    }
}
