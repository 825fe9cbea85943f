package ioverlay.algo.coding.arq;

import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes messages that the engine does not hold into attachments of a state, and reads them again. */
final class Copies {
    private static final String COPY = "copy";
    private static final int PARTS = 5;

    private Copies() {}

    static void write(List<Stored> kept, Map<String, byte[]> into) {
        for (Stored stored : kept) {
            Message message = stored.message();
            if (stored.isCopy()) {
                String name = String.join(
                        " ",
                        COPY,
                        message.sender().toString(),
                        Integer.toString(message.type()),
                        Integer.toString(message.application()),
                        Long.toString(message.sequence()));
                into.put(name, message.segment().toArray(ValueLayout.JAVA_BYTE));
            }
        }
    }

    static List<Message> read(Map<String, byte[]> attachments) {
        List<Message> copies = new ArrayList<>();
        attachments.forEach((name, payload) -> {
            String[] parts = name.split(" ", -1);
            if (parts.length == PARTS && parts[0].equals(COPY)) {
                copies.add(Message.builder(NodeId.parse(parts[1]), Integer.parseInt(parts[2]))
                        .application(Integer.parseInt(parts[3]))
                        .sequence(Long.parseLong(parts[4]))
                        .payload(payload)
                        .build());
            }
        });
        return copies;
    }
}
