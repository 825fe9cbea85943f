package ioverlay.app;

import com.google.gson.JsonObject;
import ioverlay.api.Delivery;
import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/** Numbered messages of one size: what the synthetic sources have in common. */
final class Stream {
    /** The payload where nothing else is said, in bytes: that of the paper's measurements. */
    static final int DEFAULT_PAYLOAD_BYTES = 5120;

    /** Before the settings are read. */
    static final Stream NOTHING = new Stream(0, 0, Delivery.RELIABLE);

    private static final List<String> DELIVERIES = List.of("reliable", "live");

    private final int payloadBytes;
    private final long limit;
    private final Delivery delivery;
    private final byte[] content;
    private long messages;

    /** Numbers from 0 up to a limit. */
    Stream(int payloadBytes, long limit, Delivery delivery) {
        this.payloadBytes = payloadBytes;
        this.limit = limit;
        this.delivery = delivery;
        content = new byte[payloadBytes];
    }

    /** Reads {@code payload}, {@code messages} and {@code delivery}. */
    static Stream read(Settings settings) {
        int payload = (int) settings.number("payload", 1, Header.MAX_PAYLOAD, DEFAULT_PAYLOAD_BYTES);
        long limit = settings.number("messages", 1, Long.MAX_VALUE, Long.MAX_VALUE);
        String delivery = settings.word("delivery", DELIVERIES, "reliable");
        return new Stream(payload, limit, Delivery.valueOf(delivery.toUpperCase(Locale.ROOT)));
    }

    int payloadBytes() {
        return payloadBytes;
    }

    /** A message's bytes, header included. */
    int messageBytes() {
        return Header.BYTES + payloadBytes;
    }

    Delivery delivery() {
        return delivery;
    }

    boolean finished() {
        return messages == limit;
    }

    /** Writes the next message; the outlet must have room. */
    void next(Outlet outlet) {
        ByteBuffer payload = outlet.open(MessageType.DATA, messages, payloadBytes);
        payload.put(content); // what the memory held before is nobody's business
        messages++;
    }

    JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("messages", messages);
        status.addProperty("bytes", messages * messageBytes());
        return status;
    }
}
