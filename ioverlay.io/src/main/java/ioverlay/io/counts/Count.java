package ioverlay.io.counts;

import java.util.Locale;

/** What a node counts besides its links and slots; its status calls the first one connections.accepted. */
public enum Count {
    CONNECTIONS_ACCEPTED,
    CONNECTIONS_SILENT,
    CONNECTIONS_REFUSED,
    LINKS_FAILED,
    LINKS_SILENT,
    LINKS_BROKEN_HEADER,
    LINKS_BROKEN_CREDIT,
    LINKS_BROKEN_MIDDLE,
    LINKS_BROKEN_STALLED,
    DIALS_FAILED,
    MESSAGES_LOST,
    BYTES_LOST,
    MESSAGES_UNCLAIMED,
    MESSAGES_UNDELIVERED,
    MESSAGES_SKIPPED,
    MESSAGES_FOREIGN,
    MESSAGES_FAILED,
    CONTROL_REFUSED,
    SENDS_REFUSED,
    NOTICES_DROPPED,
    HOLDS_EXPIRED;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '.');

    public String label() {
        return label;
    }
}
