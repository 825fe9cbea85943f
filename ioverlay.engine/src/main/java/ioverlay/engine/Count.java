package ioverlay.engine;

/** What a node counts besides its links and slots; the label is the name in its status. */
enum Count {
    CONNECTIONS_ACCEPTED("connections.accepted"),
    CONNECTIONS_SILENT("connections.silent"),
    CONNECTIONS_REFUSED("connections.refused"),
    LINKS_FAILED("links.failed"),
    LINKS_BROKEN_HEADER("links.broken.header"),
    LINKS_BROKEN_CREDIT("links.broken.credit"),
    LINKS_BROKEN_MIDDLE("links.broken.middle"),
    LINKS_BROKEN_STALLED("links.broken.stalled"),
    DIALS_FAILED("dials.failed"),
    MESSAGES_LOST("messages.lost"),
    MESSAGES_UNCLAIMED("messages.unclaimed"),
    MESSAGES_UNDELIVERED("messages.undelivered"),
    MESSAGES_SKIPPED("messages.skipped"),
    MESSAGES_FOREIGN("messages.foreign"),
    MESSAGES_FAILED("messages.failed"),
    CONTROL_REFUSED("control.refused"),
    SENDS_REFUSED("sends.refused"),
    NOTICES_DROPPED("notices.dropped"),
    HOLDS_EXPIRED("holds.expired");

    private final String label;

    Count(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
