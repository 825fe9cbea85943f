package ioverlay.api.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as JSON: each component is a key of its name. Ints are unsigned, ids are text, lists are arrays. */
final class Document {
    private Document() {}

    static JsonObject of(Record value) {
        JsonObject object = new JsonObject();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                object.add(component.getName(), element(component.getAccessor().invoke(value)));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a public record's accessor is there and does not throw", e);
            }
        }
        return object;
    }

    private static JsonElement element(@Nullable Object value) {
        return switch (value) {
            case null -> JsonNull.INSTANCE;
            case JsonElement json -> json.deepCopy();
            case Emulation emulation -> emulation.toJson();
            case Record nested -> of(nested);
            case List<?> list -> {
                JsonArray array = new JsonArray();
                list.forEach(one -> array.add(element(one)));
                yield array;
            }
            case Map<?, ?> map -> {
                JsonObject object = new JsonObject();
                map.entrySet().stream()
                        .sorted((a, b) ->
                                a.getKey().toString().compareTo(b.getKey().toString()))
                        .forEach(entry -> object.add(entry.getKey().toString(), element(entry.getValue())));
                yield object;
            }
            case Integer number -> new JsonPrimitive(Integer.toUnsignedLong(number));
            case Number number -> new JsonPrimitive(number);
            default -> new JsonPrimitive(value.toString());
        };
    }
}
