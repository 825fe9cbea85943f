package ioverlay.algo.coding.rlnc;

import ioverlay.api.Message;
import ioverlay.api.MessageBuilder;
import ioverlay.api.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a node tells one of those before it about one stream: how far it is, what it wants, and what the link has lost. Control
 * is never lost, so a newer one replaces all older ones.
 *
 * @param stream which it is about
 * @param session of its source
 * @param upstreams how many nodes bring it: each sends its part
 * @param highest the highest number of a packet that came over this link
 * @param received how many packets did
 * @param due the first generation that is not complete; all before are
 * @param wants of generations from there on that are known: how many packets are wanted over this link, with {@link #CLOSED}, or
 *     {@link #COMPLETE}
 */
record Report(
        StreamId stream,
        long session,
        int upstreams,
        long highest,
        long received,
        int due,
        Map<Integer, Integer> wants) {
    /** The type of these messages. */
    static final int TYPE = 0x8181;

    /** Nothing of that generation is wanted any more. */
    static final int COMPLETE = -1;

    /** Added to what is wanted by who knows that the generation has fewer blocks than others. */
    static final int CLOSED = 0x4000;

    /** The most generations in one report. */
    static final int MOST = 1024;

    private static final int FRONT_BYTES = NodeId.BYTES + 40;
    private static final int ENTRY_BYTES = Integer.BYTES + Short.BYTES;

    Report {
        if (upstreams < 1 || due < 0 || highest < received || received < 0 || wants.size() > MOST) {
            throw new IllegalArgumentException("a report counts from 0, and not more received than sent");
        }
    }

    MessageBuilder write(MessageBuilder message) {
        ByteBuffer payload = ByteBuffer.allocate(FRONT_BYTES + wants.size() * ENTRY_BYTES);
        stream.originator().write(payload);
        payload.putInt(stream.application()).putLong(session).putShort((short) upstreams);
        payload.putLong(highest).putLong(received).putInt(due).putShort((short) wants.size());
        wants.forEach((generation, want) -> payload.putInt(generation).putShort(want.shortValue()));
        return message.payload(payload.flip());
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is cut off or contradicts itself
     */
    static Report read(Message message) {
        ByteBuffer payload = message.payload();
        try {
            StreamId stream = new StreamId(NodeId.read(payload), payload.getInt());
            long session = payload.getLong();
            int upstreams = payload.getShort();
            long highest = payload.getLong();
            long received = payload.getLong();
            int due = payload.getInt();
            Map<Integer, Integer> wants = new LinkedHashMap<>();
            for (int left = payload.getShort(); left > 0; left--) {
                wants.put(payload.getInt(), (int) payload.getShort());
            }
            return new Report(stream, session, upstreams, highest, received, due, wants);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a report that is cut off", e);
        }
    }
}
