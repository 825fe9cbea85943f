package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

/** Fields as authors declare them, filled at random from a seed, through save, text and restore. */
@SuppressWarnings({"UnusedVariable", "OptionalUsedAsFieldOrParameterType"}) // carried fields are read by reflection
class CarriedKindsTest {
    private static final int ROUNDS = 20;

    private enum Mood {
        GOOD,
        BAD {
            @Override
            public String toString() {
                return "not so good";
            }
        }
    }

    private record Point(int x, String name) {}

    private record Pair<A, B>(A first, B second) {}

    private record Known(NodeId node, Optional<Duration> roundTrip, Map<Mood, Double> shares) {}

    /** A class as authors write them, not a record. */
    private static final class Meter {
        private long messages;
        private double smoothed = Double.NaN;
        private List<Point> points = new ArrayList<>();
        private byte[] last = {};
    }

    private static final class Everything {
        @Carried
        private boolean flag;

        @Carried
        private byte small;

        @Carried
        private short shorter;

        @Carried
        private char letter = 'a';

        @Carried
        private int whole;

        @Carried
        private long large;

        @Carried
        private float single;

        @Carried
        private double fraction;

        @Carried
        private Double boxed = 0.0;

        @Carried
        private String text = "";

        @Carried
        private Mood mood = Mood.GOOD;

        @Carried
        private Duration duration = Duration.ZERO;

        @Carried
        private Instant instant = Instant.EPOCH;

        @Carried
        private NodeId node = NodeId.parse("1.1.1.1:1");

        @Carried
        private byte[] block = {};

        @Carried
        private long[] longs = {};

        @Carried
        private int[][] matrix = {};

        @Carried
        private double[] doubles = {};

        @Carried
        private NodeId[] route = {};

        @Carried
        private BitSet bits = new BitSet();

        @Carried
        private Optional<NodeId> parent = Optional.empty();

        @Carried
        private Optional<Optional<String>> perhaps = Optional.empty();

        @Carried
        private List<byte[]> blocks = new ArrayList<>();

        @Carried
        private Deque<Long> deque = new ArrayDeque<>();

        @Carried
        private Set<NodeId> children = new LinkedHashSet<>();

        @Carried
        private EnumSet<Mood> moods = EnumSet.noneOf(Mood.class);

        @Carried
        private EnumMap<Mood, Integer> byMood = new EnumMap<>(Mood.class);

        @Carried
        private Map<NodeId, List<Pair<Integer, String>>> nested = new LinkedHashMap<>();

        @Carried
        private Map<Point, Map<Long, Optional<Mood>>> byPoint = new LinkedHashMap<>();

        @Carried
        private Map<Pair<NodeId, Integer>, Double> byPair = new LinkedHashMap<>();

        @Carried
        private TreeMap<Long, String> ascending = new TreeMap<>();

        @Carried
        private TreeMap<Long, String> descending = new TreeMap<>(Comparator.reverseOrder());

        @Carried
        private TreeSet<Point> byName = new TreeSet<>(Comparator.comparing(Point::name));

        @Carried
        private PriorityQueue<Point> queue = new PriorityQueue<>(Comparator.comparingInt(Point::x));

        @Carried
        private List<Known> known = new ArrayList<>();

        @Carried
        private Pair<Optional<Point>, List<Pair<Mood, Float>>> pair = new Pair<>(Optional.empty(), List.of());

        @Carried
        private Meter meter = new Meter();

        @Carried
        private JsonObject json = new JsonObject();
    }

    /** Values of every kind, edges more often than chance would. */
    private static final class Values {
        private final Random random;

        Values(long seed) {
            random = new Random(seed);
        }

        @SafeVarargs
        final <T> T any(T... some) {
            return some[random.nextInt(some.length)];
        }

        long number() {
            return any(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1, random.nextLong());
        }

        double fraction() {
            return any(
                    0.0,
                    -0.0,
                    0.1,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.MIN_VALUE,
                    Double.MAX_VALUE,
                    random.nextGaussian());
        }

        String text() {
            return any("", "grün", "\"quoted\" \\ \n\t\u0000", "null", "NaN", "[]", "\ud83d\ude80", "" + number());
        }

        NodeId node() {
            return NodeId.parse(
                    "10.0." + random.nextInt(256) + "." + random.nextInt(256) + ":" + (1 + random.nextInt(65535)));
        }

        Point point() {
            return new Point((int) number(), text());
        }

        Mood mood() {
            return any(Mood.values());
        }

        <T> Optional<T> maybe(Supplier<T> value) {
            return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
        }

        <T> Stream<T> some(Supplier<T> value) {
            return IntStream.range(0, random.nextInt(4)).mapToObj(at -> value.get());
        }

        <K, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
            Map<K, V> map = new LinkedHashMap<>();
            some(key).forEach(each -> map.put(each, value.get()));
            return map;
        }

        byte[] bytes() {
            byte[] bytes = new byte[random.nextInt(5)];
            random.nextBytes(bytes);
            return bytes;
        }

        Everything everything() {
            Everything all = new Everything();
            all.flag = random.nextBoolean();
            all.small = (byte) number();
            all.shorter = (short) number();
            all.letter = any('x', '"', '\u0000', '\uffff');
            all.whole = (int) number();
            all.large = number();
            all.single = (float) fraction();
            all.fraction = fraction();
            all.boxed = any(null, fraction());
            all.text = any(null, text());
            all.mood = any(null, mood());
            all.duration = Duration.ofNanos(number());
            all.instant = Instant.ofEpochMilli(random.nextLong() >> 20);
            all.node = any(null, node());
            all.block = bytes();
            all.longs = random.longs(3).toArray();
            all.matrix = some(() -> random.ints(2).toArray()).toArray(int[][]::new);
            all.doubles = some(this::fraction).mapToDouble(Double::doubleValue).toArray();
            all.route = some(this::node).toArray(NodeId[]::new);
            all.bits = BitSet.valueOf(new long[] {random.nextLong()});
            all.parent = maybe(this::node);
            all.perhaps = maybe(() -> maybe(this::text));
            some(this::bytes).forEach(all.blocks::add);
            some(this::number).forEach(all.deque::add);
            some(this::node).forEach(all.children::add);
            some(this::mood).forEach(all.moods::add);
            some(this::mood).forEach(mood -> all.byMood.put(mood, (int) number()));
            all.nested = map(
                    this::node,
                    () -> some(() -> new Pair<>((int) number(), text())).toList());
            all.byPoint = map(this::point, () -> map(this::number, () -> maybe(this::mood)));
            all.byPair = map(() -> new Pair<>(node(), random.nextInt()), this::fraction);
            some(this::number).forEach(number -> all.ascending.put(number, text()));
            some(this::number).forEach(number -> all.descending.put(number, text()));
            some(this::point).forEach(all.byName::add);
            some(this::point).forEach(all.queue::add);
            some(() -> new Known(node(), maybe(() -> Duration.ofNanos(number())), map(this::mood, this::fraction)))
                    .forEach(all.known::add);
            all.pair = new Pair<>(
                    maybe(this::point),
                    some(() -> new Pair<>(mood(), (float) fraction())).toList());
            all.meter.messages = number();
            all.meter.smoothed = fraction();
            some(this::point).forEach(all.meter.points::add);
            all.meter.last = bytes();
            all.json.add(text(), JsonParser.parseString("{\"a\": [1, null, \"x\"]}"));
            return all;
        }
    }

    /** As if it had been kept in a file meanwhile. */
    private static State throughText(State state) {
        return new State(JsonParser.parseString(state.values().toString()).getAsJsonObject(), state.attachments());
    }

    private static void assertSame(long seed, Everything from, Everything into) {
        RecursiveComparisonConfiguration strictly = RecursiveComparisonConfiguration.builder()
                .withIgnoredFields("queue") // compared below, in its order
                .build();
        assertThat(into)
                .as("seed " + seed)
                .usingRecursiveComparison(strictly)
                .withEqualsForType(Double::equals, Double.class)
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(from);
        assertThat(drained(into.queue)).as("seed " + seed).isEqualTo(drained(from.queue));
        assertThat(List.copyOf(into.descending.keySet()))
                .as("seed " + seed)
                .isEqualTo(List.copyOf(from.descending.keySet()));
        assertThat(List.copyOf(into.children)).as("seed " + seed).isEqualTo(List.copyOf(from.children));
        assertThat(new CarriedFields(into).save().values())
                .as("seed " + seed)
                .isEqualTo(new CarriedFields(from).save().values());
    }

    private static List<Integer> drained(Collection<Point> queue) {
        return queue.stream().map(Point::x).sorted().toList();
    }

    @Test
    void whatever_authors_declare_comes_back_as_it_was() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Everything from = new Values(seed).everything();
            Everything into = new Values(~seed).everything(); // what it had before leaves no trace
            new CarriedFields(into).restore(new CarriedFields(from).save());
            assertSame(seed, from, into);
        }
    }

    @Test
    void it_is_json_that_can_be_kept_as_text() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Everything from = new Values(seed).everything();
            Everything into = new Everything();
            new CarriedFields(into).restore(throughText(new CarriedFields(from).save()));
            assertSame(seed, from, into);
        }
    }

    @Test
    void a_block_of_bytes_that_is_not_there_is_carried_as_such() {
        Everything from = new Everything();
        from.block = null;
        Everything into = new Everything();
        new CarriedFields(into).restore(new CarriedFields(from).save());
        assertThat(into.block).isNull();
    }

    @Test
    void a_sorted_collection_goes_on_sorting_as_its_class_has_it() {
        Everything into = new Everything();
        new CarriedFields(into).restore(new CarriedFields(new Values(1).everything()).save());
        into.descending.clear();
        into.descending.put(1L, "");
        into.descending.put(2L, "");
        assertThat(into.descending.firstKey()).isEqualTo(2);
        into.queue.clear();
        into.queue.add(new Point(2, ""));
        into.queue.add(new Point(1, ""));
        assertThat(into.queue.remove().x()).isEqualTo(1);
    }

    @Test
    void a_constant_that_this_version_lacks_is_refused_wherever_it_stands() {
        JsonArray one = new JsonArray();
        one.add("FURIOUS");
        for (String field : List.of("mood", "moods")) {
            JsonObject values = new JsonObject();
            values.add(field, field.equals("mood") ? one.get(0) : one);
            assertThatThrownBy(() -> new CarriedFields(new Everything()).restore(State.of(values)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + field + "'")
                    .hasMessageContaining("FURIOUS");
        }
    }

    @Test
    void a_state_that_is_refused_leaves_all_fields_as_they_were() {
        Everything into = new Values(7).everything();
        State before = throughText(new CarriedFields(into).save());
        State other = new CarriedFields(new Values(8).everything()).save();
        other.values().addProperty("json", 5);
        assertThatThrownBy(() -> new CarriedFields(into).restore(other)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new CarriedFields(into).save().values()).isEqualTo(before.values());
    }
}
