package ioverlay.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Carried values as JSON: what Gson does, and what authors would miss in it. Nodes are text; numbers that are none and
 * infinite ones are text, too; {@link Optional} is a list of its value or of nothing; keys of maps may be anything; a constant that an
 * enum does not have is an error and not null; what is sorted by a comparator stays so.
 */
final class CarriedJson {
    private final Gson gson;

    CarriedJson() {
        gson = new GsonBuilder()
                .registerTypeAdapter(NodeId.class, new OfNode().nullSafe())
                .registerTypeAdapter(double.class, new OfDouble().nullSafe())
                .registerTypeAdapter(Double.class, new OfDouble().nullSafe())
                .registerTypeAdapter(float.class, new OfFloat().nullSafe())
                .registerTypeAdapter(Float.class, new OfFloat().nullSafe())
                .registerTypeAdapterFactory(new OfOptional())
                .registerTypeAdapterFactory(new OfEnum())
                .enableComplexMapKeySerialization()
                .create();
    }

    JsonElement write(@Nullable Object value, Type type) {
        return gson.toJsonTree(value, type);
    }

    /**
     * Reads.
     *
     * @param present what the field holds until now: its comparator, if it has one, orders what is read
     */
    @Nullable Object read(JsonElement json, Type type, @Nullable Object present) {
        if (!json.isJsonNull() && type instanceof ParameterizedType of) {
            Type[] parts = of.getActualTypeArguments();
            if (present instanceof SortedMap<?, ?> sorted && sorted.comparator() != null && parts.length == 2) {
                return ordered(sorted, json, parts);
            }
            if (present instanceof SortedSet<?> sorted && sorted.comparator() != null && parts.length == 1) {
                return filled(new TreeSet<Object>(like(sorted.comparator())), json, parts[0]);
            }
            if (present instanceof PriorityQueue<?> queue && queue.comparator() != null && parts.length == 1) {
                return filled(new PriorityQueue<Object>(like(queue.comparator())), json, parts[0]);
            }
        }
        return gson.fromJson(json, type);
    }

    private Map<Object, Object> ordered(SortedMap<?, ?> present, JsonElement json, Type[] parts) {
        Map<Object, Object> map = new TreeMap<>(like(present.comparator()));
        Map<?, ?> read = gson.fromJson(
                json,
                TypeToken.getParameterized(LinkedHashMap.class, parts[0], parts[1])
                        .getType());
        map.putAll(read);
        return map;
    }

    private Collection<Object> filled(Collection<Object> empty, JsonElement json, Type part) {
        List<?> read =
                gson.fromJson(json, TypeToken.getParameterized(List.class, part).getType());
        empty.addAll(read);
        return empty;
    }

    @SuppressWarnings("unchecked") // it compares what the field holds, which is what is read
    private static Comparator<Object> like(@Nullable Comparator<?> comparator) {
        return (Comparator<Object>) Objects.requireNonNull(comparator);
    }

    private static final class OfNode extends TypeAdapter<NodeId> {
        @Override
        public void write(JsonWriter out, NodeId node) throws IOException {
            out.value(node.toString());
        }

        @Override
        public NodeId read(JsonReader in) throws IOException {
            return NodeId.parse(in.nextString());
        }
    }

    private static final class OfDouble extends TypeAdapter<Double> {
        @Override
        public void write(JsonWriter out, Double value) throws IOException {
            if (Double.isFinite(value)) {
                out.value(value.doubleValue());
            } else {
                out.value(value.toString());
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            return in.peek() == JsonToken.STRING ? Double.valueOf(in.nextString()) : Double.valueOf(in.nextDouble());
        }
    }

    private static final class OfFloat extends TypeAdapter<Float> {
        @Override
        public void write(JsonWriter out, Float value) throws IOException {
            if (Float.isFinite(value)) {
                out.value(value);
            } else {
                out.value(value.toString());
            }
        }

        @Override
        public Float read(JsonReader in) throws IOException {
            return in.peek() == JsonToken.STRING
                    ? Float.valueOf(in.nextString())
                    : Float.valueOf((float) in.nextDouble());
        }
    }

    /** A list, since what is null in a record or a map would be left out. */
    private static final class OfOptional implements TypeAdapterFactory {
        @Override
        public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            if (type.getRawType() != Optional.class) {
                return null;
            }
            Type part = type.getType() instanceof ParameterizedType of ? of.getActualTypeArguments()[0] : Object.class;
            Type list = TypeToken.getParameterized(List.class, part).getType();
            return adapter(gson.getAdapter(TypeToken.get(list)));
        }

        @SuppressWarnings("unchecked") // T is Optional, and the list has what the optional has
        private static <T> TypeAdapter<T> adapter(TypeAdapter<?> ofList) {
            TypeAdapter<List<Object>> lists = (TypeAdapter<List<Object>>) ofList;
            return (TypeAdapter<T>)
                    new TypeAdapter<Optional<Object>>() {
                        @Override
                        public void write(JsonWriter out, Optional<Object> value) throws IOException {
                            lists.write(out, value.stream().toList());
                        }

                        @Override
                        public Optional<Object> read(JsonReader in) throws IOException {
                            return lists.read(in).stream().findFirst();
                        }
                    }.nullSafe();
        }
    }

    /** Gson reads a constant that is not there as null: a version that lacks one must be told, not fail later. */
    private static final class OfEnum implements TypeAdapterFactory {
        @Override
        public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            if (!Enum.class.isAssignableFrom(type.getRawType())) {
                return null;
            }
            TypeAdapter<T> usual = gson.getDelegateAdapter(this, type);
            return new TypeAdapter<T>() {
                @Override
                public void write(JsonWriter out, T value) throws IOException {
                    usual.write(out, value);
                }

                @Override
                public T read(JsonReader in) throws IOException {
                    boolean named = in.peek() == JsonToken.STRING;
                    T constant = usual.read(in);
                    if (named && constant == null) {
                        throw new JsonSyntaxException(type.getRawType().getSimpleName() + " has no such constant");
                    }
                    return constant;
                }
            };
        }
    }
}
