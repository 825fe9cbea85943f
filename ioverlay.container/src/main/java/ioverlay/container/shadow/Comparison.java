package ioverlay.container.shadow;

import ioverlay.api.Message;
import ioverlay.engine.Tap;
import java.util.ArrayList;
import java.util.List;

/** What two calls have in common: the sends in their order, each with destination, header and payload. */
final class Comparison {
    private Comparison() {}

    static boolean same(List<Tap.Sent> live, List<Tap.Sent> shadow) {
        if (live.size() != shadow.size()) {
            return false;
        }
        for (int at = 0; at < live.size(); at++) {
            if (!same(live.get(at), shadow.get(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Tap.Sent live, Tap.Sent shadow) {
        return live.destination().equals(shadow.destination()) && sameContent(live.message(), behind(shadow.message()));
    }

    /** The copy behind a message that the shadow was lent. */
    static Message behind(Message message) {
        return message instanceof Lent lent ? lent.copied() : message;
    }

    @SuppressWarnings("ReferenceEquality") // the very same message has the same content: no byte need be looked at
    static boolean sameContent(Message one, Message other) {
        return one == other
                || (one.header().equals(other.header()) && one.payload().equals(other.payload()));
    }

    /** What is different about two sends, in words; empty if nothing is. */
    static List<String> differences(Tap.Sent live, Tap.Sent shadow) {
        Message one = live.message();
        Message other = behind(shadow.message());
        List<String> differences = new ArrayList<>();
        note(differences, "destination", live.destination().equals(shadow.destination()));
        note(differences, "type", one.type() == other.type());
        note(differences, "sender", one.sender().equals(other.sender()));
        note(differences, "application", one.application() == other.application());
        note(differences, "sequence", one.sequence() == other.sequence());
        int at = one.payload().mismatch(other.payload());
        note(differences, "payload from byte " + at + " on", at < 0);
        return differences;
    }

    private static void note(List<String> differences, String what, boolean same) {
        if (!same) {
            differences.add("another " + what);
        }
    }
}
