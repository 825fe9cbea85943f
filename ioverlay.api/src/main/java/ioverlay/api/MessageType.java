package ioverlay.api;

/**
 * The types of messages that engine, observer and algorithms share, with their meaning. Types are an open set: authors
 * take their own from the ranges below.
 *
 * <table><caption>Ranges</caption>
 * <tr><th>range</th><th>lane</th><th>whose</th></tr>
 * <tr><td>0x0001–0x00ff</td><td>data</td><td>common</td></tr>
 * <tr><td>0x0100–0x1fff</td><td>data</td><td>authors</td></tr>
 * <tr><td>0x2001–0x3fff</td><td>data</td><td>the same as 0x0001–0x1fff, delivered {@link Delivery#LIVE}</td></tr>
 * <tr><td>0x8000–0x80ff</td><td>control</td><td>common: observer and {@link BasicAlgorithm}</td></tr>
 * <tr><td>0x8100–0xbfff</td><td>control</td><td>authors</td></tr>
 * <tr><td>0xc000–0xc0ff</td><td>control</td><td>links; no algorithm ever sees one</td></tr>
 * <tr><td>0xc100–0xc1ff</td><td>control</td><td>notices of the engine to the algorithm</td></tr>
 * <tr><td>0xc200–0xc2ff</td><td>control</td><td>requests of the algorithm to its engine, sent to the node itself</td></tr>
 * </table>
 *
 * <p>A notice or request never comes over a link: an engine that receives one there drops and counts it.
 */
public final class MessageType {
    /** Bit 15: a control message. It overtakes data at message boundaries and its sequence word is two parameters. */
    public static final int CONTROL = 0x8000;

    /** Bit 14: the engine's own. */
    public static final int ENGINE = 0x4000;

    /** Bit 13 of a data message: delivered {@link Delivery#LIVE}. */
    public static final int LIVE = 0x2000;

    /** Application data, the only type that an algorithm must handle (paper, section 2.3). */
    public static final int DATA = 0x0001;

    /** Observer to node: the initial known hosts (paper, "boot"). Payload: a list of nodes. */
    public static final int BOOT_REPLY = 0x8001;

    /** Joins the node to the application. Payload: a JSON object, or nothing. */
    public static final int JOIN = 0x8002;

    /** Takes the node out of the application. */
    public static final int LEAVE = 0x8003;

    /** New settings for the slot, instead of the old ones. Payload: a JSON object. */
    public static final int CONFIGURE = 0x8004;

    /** A command that only the algorithm understands, with two integer parameters (paper, "The observer"). */
    public static final int CUSTOM = 0x8005;

    /**
     * Looks for a node that is in a session (the relayed query of the paper's section 3.2). {@code param1} = request id,
     * {@code param2} = hops left; payload: the asking node, then what the asker added.
     */
    public static final int FIND = 0x8010;

    /** The answer to {@link #FIND}, straight to the asker. {@code param1} = request id. */
    public static final int FOUND = 0x8011;

    /** Notice: a neighbour's link carries traffic now. Payload: the neighbour; {@code param1} = 1 upstream, 2 downstream. */
    public static final int LINK_UP = 0xc101;

    /**
     * Notice: a link ended without BYE, or could not be dialled. Payload: the neighbour, then a sentence; {@code param1}
     * = 1 upstream, 2 downstream; {@code param2} = messages that were given to the link and are not acknowledged, or
     * −1 if there are more than an int holds.
     */
    public static final int LINK_FAILED = 0xc102;

    /** Notice: a neighbour said BYE and everything sent has arrived. Payload and {@code param1} as {@link #LINK_FAILED}. */
    public static final int LINK_CLOSED = 0xc103;

    /**
     * Notice: a message could not be sent to a destination. Payload: the destination, then a sentence; {@code param1} =
     * the message's type; {@link Message#subject} = the message where it is still there.
     */
    public static final int SEND_FAILED = 0xc104;

    /**
     * Notice: the slot's origin lane is full, so a message that no data message caused was not sent. Payload and
     * {@code param1} as {@link #SEND_FAILED}; {@link Message#subject} = the message; {@link #ROOM} follows.
     */
    public static final int SEND_REFUSED = 0xc105;

    /** Notice: after {@link #SEND_REFUSED}, the origin lane has drained to half. */
    public static final int ROOM = 0xc106;

    /**
     * Notice: the slot holds more than it may, so its oldest held message comes back in {@link Message#subject}, for the
     * last time. {@code param1} = messages still held.
     */
    public static final int HOLD_EXPIRED = 0xc107;

    /** Notice: a timer is due. {@code param1} = its id, {@code param2} = periods missed since the last notice. */
    public static final int TIMER = 0xc108;

    /**
     * Notice: what the engine has measured, at the interval that {@link #SET_REPORTS} set (paper, section 2.2). Payload: a
     * JSON object, the node's status as {@code docs/status.md} says; {@code param2} = intervals missed since the last one,
     * which are not made up for: the next report is made when the last was delivered.
     */
    public static final int REPORT = 0xc10a;

    /**
     * Notice: a node is dead as far as can be told: it could not be dialled, or a link with it failed and none is left.
     * Payload: the node, then a sentence. Follows the {@link #LINK_FAILED}.
     */
    public static final int NODE_FAILED = 0xc10b;

    /**
     * Notice: nothing more comes of this application from an upstream, since its link failed or closed, or its own source
     * is gone. Comes after the last message that came. The header's application is the session's. Payload: the upstream,
     * then a sentence; {@code param1} = 1 failed, 2 ended; {@code param2} = upstreams of the session that are left. At 0
     * the links that served only them are torn down, now or after the time that {@link #SET_GRACE} gave.
     */
    public static final int SOURCE_FAILED = 0xc10c;

    /** Notice: the answer to {@link #MEASURE}. {@code param1} = request id; payload: a JSON object. */
    public static final int MEASURED = 0xc109;

    /**
     * Request: a timer of the slot. {@code param1} = id, chosen by the algorithm; payload: u64 delay in nanoseconds, u64
     * period in nanoseconds (0 = once). Setting a running id replaces it. Timers are carried over a swap.
     */
    public static final int SET_TIMER = 0xc201;

    /** Request: ends the timer with the id {@code param1}; without effect if there is none. */
    public static final int CANCEL_TIMER = 0xc202;

    /**
     * Request: the share of an upstream in the switch (paper, weighted round robin). {@code param1} = weight, 1 to 1000;
     * payload: the upstream node, or the node itself for the local source.
     */
    public static final int SET_WEIGHT = 0xc203;

    /**
     * Request: round-trip time to a node, and the available bandwidth if {@code param2} is 1. {@code param1} = request
     * id; payload: the node. Answered with {@link #MEASURED}: {@code {"node":s,"roundTripMicros":n,"bytesPerSecond":n}},
     * the last one where it was asked for, or {@code {"node":s,"failure":s}}, within 5 s, with a bandwidth 10 s.
     */
    public static final int MEASURE = 0xc204;

    /** Request: says something to whoever watches the node. Payload: text, or a JSON object. At most 64 KiB. */
    public static final int TRACE = 0xc205;

    /**
     * Request: changes the emulated network of the node. Payload: a JSON object as {@code docs/emulation.md} says: what
     * it names is set, null takes it away, the rest stays. All of it holds, or nothing.
     */
    public static final int EMULATE = 0xc206;

    /** Request: {@link #REPORT} every {@code param1} milliseconds, 100 to 3,600,000; 0 for none, as at first. */
    public static final int SET_REPORTS = 0xc207;

    /**
     * Request: how long the links of a session whose sources are all gone stay, {@code param1} milliseconds, 0 to 600,000.
     * At first 0: they are torn down at once (paper, the "Domino Effect"). An algorithm that repairs gives itself time;
     * once another upstream brings data, they stay.
     */
    public static final int SET_GRACE = 0xc208;

    /**
     * Request: nothing more of this application goes to a neighbour. Payload: the neighbour. Behind what was sent it hears
     * that the source has ended ({@link #SOURCE_FAILED}), and a link that serves nobody else is torn down. Without effect
     * if nothing goes there; a later send begins anew.
     */
    public static final int PART = 0xc209;

    private MessageType() {}

    /** Whether the type is a control type. */
    public static boolean isControl(int type) {
        return (type & CONTROL) != 0;
    }

    /** Whether the type is the engine's own: a link message, a notice or a request. */
    public static boolean isEngine(int type) {
        return (type & (CONTROL | ENGINE)) == (CONTROL | ENGINE);
    }

    /** Whether the type is a data type that may be skipped where there is no room. */
    public static boolean isLive(int type) {
        return (type & (CONTROL | LIVE)) == LIVE;
    }

    /** A data type without its delivery, to be switched on; a control type as it is. */
    public static int plain(int type) {
        return isControl(type) ? type : type & ~LIVE;
    }
}
