package ioverlay.app;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.ApplicationType;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Counts what arrives, and by the sequence numbers what did not.
 *
 * <p><b>Behaviour:</b> numbers are checked per originator, from the first that is seen, so a sink may come late. At most
 * 256 originators are told apart; messages of others are counted, but not checked.
 *
 * <p><b>Settings:</b> none.
 *
 * <p><b>Status:</b> {@code messages} and {@code bytes} (headers included) in all; {@code lost}, {@code duplicated} and
 * {@code reordered} in all; {@code unchecked} messages; and the same three with {@code delivered} in {@code originators},
 * by node.
 *
 * <p><b>Sample:</b> {@code {}} at each node that {@code source.backtoback} is to reach.
 */
@ApplicationType("sink.counting")
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class CountingSink implements Application {
    /** The most originators that are told apart. */
    static final int MAX_ORIGINATORS = 256;

    private final Map<NodeId, SequenceCheck> originators = new LinkedHashMap<>();
    private long messages;
    private long bytes;
    private long unchecked;

    @Override
    public void begin(Session session) {
        Settings.of("sink.counting", session.settings());
    }

    @Override
    public void consume(Message message) {
        messages++;
        bytes += Header.BYTES + message.payloadSize();
        SequenceCheck known = originators.get(message.sender());
        if (known == null && originators.size() < MAX_ORIGINATORS) {
            known = SequenceCheck.from(message.sequence());
            originators.put(message.sender(), known);
        }
        if (known == null) {
            unchecked++;
        } else {
            known.take(message.sequence());
        }
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("messages", messages);
        status.addProperty("bytes", bytes);
        status.addProperty("lost", sum(SequenceCheck::lost));
        status.addProperty("duplicated", sum(SequenceCheck::duplicated));
        status.addProperty("reordered", sum(SequenceCheck::reordered));
        status.addProperty("unchecked", unchecked);
        JsonObject each = new JsonObject();
        originators.forEach((node, check) -> each.add(node.toString(), counts(check)));
        status.add("originators", each);
        return status;
    }

    private long sum(ToLongFunction<SequenceCheck> count) {
        return originators.values().stream().mapToLong(count).sum();
    }

    private static JsonObject counts(SequenceCheck check) {
        JsonObject counts = new JsonObject();
        counts.addProperty("delivered", check.delivered());
        counts.addProperty("lost", check.lost());
        counts.addProperty("duplicated", check.duplicated());
        counts.addProperty("reordered", check.reordered());
        return counts;
    }
}
