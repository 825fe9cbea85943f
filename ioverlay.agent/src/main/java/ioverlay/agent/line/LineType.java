package ioverlay.agent.line;

/**
 * The types of frames on the line between a container and its observer. A frame is a message: the 24-byte header of
 * {@link ioverlay.api.Header}, then a payload, JSON in UTF-8 unless something else is said. The container dials the
 * observer's publicized port; both may speak at any time after {@link #WELCOME}.
 */
public final class LineType {
    /**
     * Container to observer, first: {@code {"line":[1,1],"container":s,"host":s,"pid":n,"java":s,"started":time}}; {@code line} = lowest
     * and highest version of these rules that it speaks; {@code container} tells one run of a container from another.
     */
    public static final int REGISTER = 0x8020;

    /** Observer to container, the answer: {@code {"line":1,"event":n}}; {@code event} = the last event that it has of this container. */
    public static final int WELCOME = 0x8021;

    /** Observer to container, instead of {@link #WELCOME}, and the end of the line. Payload: a sentence. */
    public static final int UNWELCOME = 0x8022;

    /**
     * Container to observer: a node is there (paper, "boot"). {@code param1} = request id; payload: {@code {"node":"IP:port","name":s}}. Said for every
     * node after {@link #WELCOME} and for each that is made later. The answer is a {@link #REPLY} with {@code {"nodes":["IP:port"]}}, which
     * the agent gives to the node's slots as {@link ioverlay.api.MessageType#BOOT_REPLY}.
     */
    public static final int BOOT = 0x8023;

    /** Container to observer: a node has ended. Payload: {@code {"node":"IP:port"}}. */
    public static final int GONE = 0x8024;

    /**
     * Container to observer: something happened: {@code {"number":n,"time":t,"kind":s,"node":name,"id":"IP:port","sentence":s,"detail":{…}}}, as
     * {@link ioverlay.api.container.Event}; {@code id} is empty where it concerns no node. Counted from 1 in a run of a container without a
     * gap, unless {@code "missed"} says how many before this one were not kept. A detail that does not fit is {@code {"omitted":true}}.
     */
    public static final int EVENT = 0x8025;

    /**
     * Observer to container: a command, {@code docs/commands.md}, with {@code "node":"IP:port"} if it is one to a node. {@code param1} = request
     * id, not 0.
     */
    public static final int COMMAND = 0x8026;

    /**
     * The answer to {@link #COMMAND} or {@link #BOOT}: {@code {"result":x}} or {@code {"refused":sentence}}. {@code param1} = its id; {@code param2} =
     * 1 if more parts follow: the text of all parts together is the answer. Parts of other answers may come between.
     */
    public static final int REPLY = 0x8027;

    /** Observer to container: a part of a bundle, bytes. {@code param1} = id of the {@code receive} command, {@code param2} = offset in bytes. */
    public static final int CHUNK = 0x8028;

    private LineType() {}
}
