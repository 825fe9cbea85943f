package ioverlay.itest.algorithms;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import java.time.Duration;

/** Does a bit of everything that an engine has rules for, so that two engines can be compared. */
public final class Pairing extends BasicAlgorithm {
    private static final int EXPIRED = 0x0101;
    private static final int TIMED = 0x0102;
    private static final int ECHOED = 0x0103;
    private static final int ASIDE = 0x8101;

    @Carried
    private int messages;

    @Carried
    private int expired;

    private NodeId next;

    @Override
    public void begin(Place place) {
        super.begin(place);
        next = NodeId.parse(place.settings().get("next").getAsString());
    }

    @Override
    public Disposition process(Message message) {
        switch (message.type()) {
            case MessageType.DATA -> {
                messages++;
                return data(message, message.text());
            }
            case MessageType.HOLD_EXPIRED -> {
                expired++;
                say(
                        EXPIRED,
                        message.param1() + " " + message.subject().orElseThrow().sequence());
            }
            case MessageType.TIMER -> {
                say(TIMED, message.param1() + " " + message.param2());
                if (message.param1() == 2) {
                    cancelTimer(3);
                }
            }
            case ASIDE -> say(ECHOED, message.param1() + " " + message.from().equals(self()));
            default -> super.process(message);
        }
        return Disposition.DONE;
    }

    private Disposition data(Message message, String text) {
        switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case 'p' -> {
                return pair(message);
            }
            case 'k' -> {
                return Disposition.HOLD;
            }
            case 'r' -> place().held().forEach(Message::release);
            case 'x' -> {
                messages += 100;
                send(message, next);
                place().held().forEach(Message::release);
                throw new IllegalStateException("as asked");
            }
            case 'c' -> send(message(ASIDE).params(messages, 0).build(), self());
            case 't' -> {
                timer(2, Duration.ofMillis(20));
                timer(3, Duration.ofMillis(900));
                timer(4, Duration.ofMillis(700));
                timer(4, Duration.ofMillis(10));
            }
            case 'd' -> {
                deliver(message);
                send(message, next, next);
            }
            default -> send(message.copy(), next);
        }
        return Disposition.DONE;
    }

    /** The second of two goes on with the first, and with what chance gives. */
    private Disposition pair(Message message) {
        if (place().held().isEmpty()) {
            return Disposition.HOLD;
        }
        Message first = place().held().getFirst();
        Message both = Message.madeFrom(first, message)
                .payload(first.text() + message.text() + random().nextInt(1000))
                .build();
        send(both, next);
        return Disposition.DONE;
    }

    private void say(int type, String text) {
        send(message(type).payload(text).build(), next);
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("messages", messages);
        status.addProperty("expired", expired);
        return status;
    }
}
