package ioverlay.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the fields of an algorithm that are marked {@link Carried}.
 *
 * <p>It goes with its instance: what it looks up once, in the rehearsal of a swap, it need not look up again while the
 * node waits. Were it shared, Gson's caches would keep the class loader of a retired version.
 */
final class CarriedFields {
    private final Object algorithm;
    private final Collection<Field> fields;
    private final CarriedJson json = new CarriedJson();

    /**
     * Looks the fields up.
     *
     * @throws IllegalStateException if one cannot be carried
     */
    CarriedFields(Object algorithm) {
        this.algorithm = algorithm;
        fields = fields(algorithm);
    }

    State save() {
        JsonObject values = new JsonObject();
        Map<String, byte[]> attachments = new HashMap<>();
        for (Field field : fields) {
            Object value = get(field);
            if (field.getType() == byte[].class && value instanceof byte[] bytes) {
                attachments.put(field.getName(), bytes);
            } else {
                values.add(field.getName(), json.write(value, field.getGenericType()));
            }
        }
        return new State(values, attachments);
    }

    /** All fields or, if one cannot be read, none: whoever refuses a state must be able to go on with its own. */
    void restore(State state) {
        Map<Field, Optional<Object>> values = new LinkedHashMap<>();
        for (Field field : fields) {
            String name = field.getName();
            byte[] attachment = state.attachments().get(name);
            JsonElement value = state.values().get(name);
            if (attachment != null && field.getType() == byte[].class) {
                values.put(field, Optional.of(attachment));
            } else if (value != null && (field.getType() != byte[].class || value.isJsonNull())) {
                values.put(field, Optional.ofNullable(read(field, value)));
            }
        }
        values.forEach((field, value) -> set(field, value.orElse(null)));
    }

    private @Nullable Object read(Field field, JsonElement value) {
        if (value.isJsonNull() && field.getType().isPrimitive()) {
            throw new IllegalArgumentException("the carried field '" + field.getName() + "' is a "
                    + field.getGenericType().getTypeName() + " and cannot be read from null");
        }
        try {
            return json.read(value, field.getGenericType(), get(field));
        } catch (RuntimeException e) {
            // Plug-in boundary: a record of the author's may refuse its values, too.
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

    private @Nullable Object get(Field field) {
        try {
            return field.get(algorithm);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the carried field " + field + " cannot be read", e);
        }
    }

    private void set(Field field, @Nullable Object value) {
        try {
            field.set(algorithm, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the carried field " + field + " cannot be written", e);
        }
    }
}
