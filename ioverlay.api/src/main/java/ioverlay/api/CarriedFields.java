package ioverlay.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes the fields of an algorithm that are marked {@link Carried}.
 *
 * <p>It goes with its instance: what it looks up once, in the rehearsal of a swap, it need not look up again while the
 * node waits. Were it shared, Gson's caches would keep the class loader of a retired version.
 */
final class CarriedFields {
    private final Object algorithm;
    private final Collection<Field> fields;
    private final Gson gson = gson();

    /**
     * Looks the fields up.
     *
     * @throws IllegalStateException if one cannot be carried
     */
    CarriedFields(Object algorithm) {
        this.algorithm = algorithm;
        fields = fields(algorithm);
    }

    private static Gson gson() {
        TypeAdapter<NodeId> asText = new TypeAdapter<NodeId>() {
            @Override
            public void write(JsonWriter out, NodeId node) throws IOException {
                out.value(node.toString());
            }

            @Override
            public NodeId read(JsonReader in) throws IOException {
                return NodeId.parse(in.nextString());
            }
        }.nullSafe();
        return new GsonBuilder().registerTypeAdapter(NodeId.class, asText).create();
    }

    State save() {
        JsonObject values = new JsonObject();
        Map<String, byte[]> attachments = new HashMap<>();
        for (Field field : fields) {
            Object value = get(field);
            if (value instanceof byte[] bytes) {
                attachments.put(field.getName(), bytes);
            } else {
                values.add(field.getName(), gson.toJsonTree(value, field.getGenericType()));
            }
        }
        return new State(values, attachments);
    }

    void restore(State state) {
        for (Field field : fields) {
            String name = field.getName();
            byte[] attachment = state.attachments().get(name);
            JsonElement value = state.values().get(name);
            if (attachment != null && field.getType() == byte[].class) {
                set(field, attachment);
            } else if (value != null && field.getType() != byte[].class) {
                set(field, read(field, value));
            }
        }
    }

    private Object read(Field field, JsonElement value) {
        if (value.isJsonNull() && field.getType().isPrimitive()) {
            throw new IllegalArgumentException("the carried field '" + field.getName() + "' is a "
                    + field.getGenericType().getTypeName() + " and cannot be read from null");
        }
        try {
            return gson.fromJson(value, field.getGenericType());
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the carried field '" + field.getName() + "' is a "
                            + field.getGenericType().getTypeName() + " and cannot be read from " + value + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static Collection<Field> fields(Object algorithm) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Class<?> type = algorithm.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Carried.class)) {
                    Field other = fields.put(field.getName(), carriable(field));
                    if (other != null) {
                        throw new IllegalStateException(
                                "carried fields have different names, not " + field + " and " + other);
                    }
                }
            }
        }
        return fields.values();
    }

    private static Field carriable(Field field) {
        if (Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers())) {
            throw new IllegalStateException("a carried field is neither static nor final: " + field);
        }
        field.setAccessible(true);
        return field;
    }

    private Object get(Field field) {
        try {
            return field.get(algorithm);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the carried field " + field + " cannot be read", e);
        }
    }

    private void set(Field field, Object value) {
        try {
            field.set(algorithm, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the carried field " + field + " cannot be written", e);
        }
    }
}
