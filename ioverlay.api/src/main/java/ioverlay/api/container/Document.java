package ioverlay.api.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records as JSON: each component is a key of its name. Ints are unsigned, ids are text, lists are arrays. */
final class Document {
    /** Found once per record: a status is made into JSON often. */
    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            return List.of(type.getRecordComponents());
        }
    };

    private Document() {}

    static JsonObject of(Record value) {
        JsonObject object = new JsonObject();
        for (RecordComponent component : COMPONENTS.get(value.getClass())) {
            try {
                object.add(component.getName(), element(component.getAccessor().invoke(value)));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a public record's accessor is there and does not throw", e);
            }
        }
        return object;
    }

    /** As UTF-8, with shorter lists where it would be longer. */
    static byte[] text(JsonObject document, int mostBytes) {
        byte[] text = bytes(document);
        int omitted = 0;
        for (int gone = 1; text.length > mostBytes && gone > 0; text = bytes(document)) {
            gone = halve(document);
            omitted += gone;
            document.addProperty("omitted", omitted);
        }
        return text;
    }

    private static byte[] bytes(JsonObject document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int halve(JsonObject document) {
        int gone = 0;
        for (JsonElement element : document.asMap().values()) {
            if (element instanceof JsonArray array) {
                for (int left = (array.size() + 1) / 2; left > 0; left--, gone++) {
                    array.remove(array.size() - 1);
                }
            } else if (element instanceof JsonObject nested) {
                gone += halve(nested);
            }
        }
        return gone;
    }

    private static JsonElement element(@Nullable Object value) {
        return switch (value) {
            case null -> JsonNull.INSTANCE;
            case JsonElement json -> json.deepCopy();
            case Emulation emulation -> emulation.toJson();
            case Record nested -> of(nested);
            case Optional<?> optional -> element(optional.orElse(null));
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
