package ioverlay.container.shadow;

import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.ShadowReport.Example;
import ioverlay.engine.Tap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Calls that differ, told to a person. */
final class Words {
    /** The most sends of one call that an example lists. */
    static final int MOST_LINES = 8;

    private static final int MOST_TEXT = 60;
    private static final int MOST_HEX = 16;

    private final NodeId self;

    Words(NodeId self) {
        this.self = self;
    }

    /** A call after which the two had sent or answered something else. */
    Example differed(Seen call, Understudy.Answer answer) {
        List<String> live = lines(call.sends());
        List<String> shadow = new ArrayList<>();
        List<Tap.Sent> sends = answer.sends();
        for (int at = 0; at < Math.min(sends.size(), MOST_LINES); at++) {
            Tap.Sent sent = sends.get(at);
            String line = send(sent);
            if (at < call.sends().size()) {
                List<String> differences = Comparison.differences(call.sends().get(at), sent);
                line += differences.isEmpty() ? "" : " — " + String.join(", ", differences);
            } else {
                line += " — one more";
            }
            shadow.add(line);
        }
        conclude(shadow, sends.size());
        if (call.disposition() != answer.disposition()) {
            live.add(answered(call.disposition()));
            shadow.add(answered(answer.disposition()));
        }
        return new Example(given(call), live, shadow);
    }

    /** A call that the shadow has not completed. */
    Example failed(Seen call, Throwable thrown) {
        StackTraceElement[] where = thrown.getStackTrace();
        String at = where.length == 0 ? "" : ", at " + where[0];
        return new Example(given(call), lines(call.sends()), List.of("threw " + thrown + at));
    }

    private List<String> lines(List<Tap.Sent> sends) {
        List<String> lines = new ArrayList<>();
        sends.stream().limit(MOST_LINES).map(this::send).forEach(lines::add);
        conclude(lines, sends.size());
        return lines;
    }

    private static void conclude(List<String> lines, int sends) {
        if (sends == 0) {
            lines.add("sent nothing");
        } else if (sends > MOST_LINES) {
            lines.add("and " + (sends - MOST_LINES) + " more");
        }
    }

    private static String answered(Disposition disposition) {
        return switch (disposition) {
            case DONE -> "is through with the message";
            case HOLD -> "holds the message";
        };
    }

    private String given(Seen call) {
        Message message = call.message();
        return message(message) + (message.from().equals(self) ? "" : ", from " + message.from());
    }

    private String send(Tap.Sent sent) {
        String to = sent.destination().equals(self) ? "to itself: " : "to " + sent.destination() + ": ";
        return to + message(Comparison.behind(sent.message()));
    }

    private String message(Message message) {
        int type = message.type();
        String numbers = MessageType.isControl(type)
                ? " (" + message.param1() + ", " + message.param2() + ")"
                : " " + Long.toUnsignedString(message.sequence());
        String sender = message.sender().equals(self) ? "" : " of " + message.sender();
        return name(type) + numbers + " of application " + Integer.toUnsignedString(message.application()) + sender
                + payload(message);
    }

    private static String name(int type) {
        String known = known(MessageType.plain(type));
        String kind = !MessageType.isControl(type) ? "data" : MessageType.isEngine(type) ? "engine's" : "control";
        String live = MessageType.isLive(type) ? "live " : "";
        return live + (known.isEmpty() ? kind + " 0x" + Integer.toHexString(type) : known);
    }

    private static String known(int type) {
        return switch (type) {
            case MessageType.DATA -> "data";
            case MessageType.BOOT_REPLY -> "BOOT_REPLY";
            case MessageType.JOIN -> "JOIN";
            case MessageType.LEAVE -> "LEAVE";
            case MessageType.CONFIGURE -> "CONFIGURE";
            case MessageType.CUSTOM -> "CUSTOM";
            case MessageType.FIND -> "FIND";
            case MessageType.FOUND -> "FOUND";
            case MessageType.LINK_UP -> "LINK_UP";
            case MessageType.LINK_FAILED -> "LINK_FAILED";
            case MessageType.LINK_CLOSED -> "LINK_CLOSED";
            case MessageType.SEND_FAILED -> "SEND_FAILED";
            case MessageType.SEND_REFUSED -> "SEND_REFUSED";
            case MessageType.ROOM -> "ROOM";
            case MessageType.HOLD_EXPIRED -> "HOLD_EXPIRED";
            case MessageType.TIMER -> "TIMER";
            case MessageType.MEASURED -> "MEASURED";
            case MessageType.SET_TIMER -> "SET_TIMER";
            case MessageType.CANCEL_TIMER -> "CANCEL_TIMER";
            case MessageType.SET_WEIGHT -> "SET_WEIGHT";
            case MessageType.MEASURE -> "MEASURE";
            case MessageType.TRACE -> "TRACE";
            default -> "";
        };
    }

    private static String payload(Message message) {
        int size = message.payloadSize();
        if (size == 0) {
            return "";
        }
        ByteBuffer bytes = message.payload();
        String text = size <= MOST_TEXT ? printable(bytes) : "";
        if (!text.isEmpty()) {
            return ", \"" + text + "\"";
        }
        byte[] first = new byte[Math.min(size, MOST_HEX)];
        bytes.get(0, first);
        return ", " + size + " bytes: " + HexFormat.of().formatHex(first) + (size > MOST_HEX ? "…" : "");
    }

    /** As text, or nothing if it is none. */
    private static String printable(ByteBuffer bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString();
            return text.codePoints().anyMatch(Character::isISOControl) ? "" : text;
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
