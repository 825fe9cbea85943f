package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import ioverlay.app.FakeOutlet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Departures at a source, and what a receiver makes of the messages. */
class AssemblyTest implements Assembly.Viewer {
    private static final NodeId SOURCE = NodeId.parse("127.0.0.1:7001");
    private static final NodeId OTHER = NodeId.parse("127.0.0.1:7002");
    private static final List<Unit> UNITS = Recorded.cut(Recorded.packets(40)).all;
    private static final int LEAST_MESSAGE = 16 << 10;

    private final Assembly assembly = new Assembly(this);
    private final List<Object> seen = new ArrayList<>();

    @Override
    public void show(Unit unit) {
        seen.add((unit.decodeTime() - Mux.LEAD_TICKS) / 3600);
    }

    @Override
    public void missed(long units) {
        seen.add("missed " + units);
    }

    @Override
    public void restarted() {
        seen.add("restarted");
    }

    private static List<Message> messages(int run, int messageBytes, List<Unit> units) {
        Departures departures = new Departures(run, messageBytes);
        FakeOutlet outlet = new FakeOutlet(1000);
        units.forEach(departures::add);
        try {
            outlet.call(new Sending(departures));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return outlet.messages();
    }

    private record Sending(Departures departures) implements Application {
        @Override
        public void begin(Session session) {}

        @Override
        public long produce(Outlet outlet) {
            departures.send(outlet);
            return FINISHED;
        }
    }

    private void take(NodeId sender, List<Message> messages, long nowNs) {
        messages.forEach(message -> assembly.take(sender, message.sequence(), Piece.read(message.payload()), nowNs));
    }

    private static Unit big() {
        Unit some = UNITS.getFirst();
        byte[] packets = new byte[1000 * Packet.BYTES];
        for (int at = 0; at < packets.length; at += Packet.BYTES) {
            packets[at] = Packet.SYNC;
            packets[at + 5] = (byte) at;
        }
        return new Unit(true, true, 7, 18_000, some.tables(), packets);
    }

    @Test
    void each_unit_comes_as_it_was() {
        List<Unit> units = new ArrayList<>();
        Assembly all = new Assembly(new Assembly.Viewer() {
            @Override
            public void show(Unit unit) {
                units.add(unit);
            }

            @Override
            public void missed(long count) {
                throw new AssertionError("nothing is missing");
            }

            @Override
            public void restarted() {
                throw new AssertionError("there is one run");
            }
        });
        messages(1, LEAST_MESSAGE, List.of(UNITS.get(0), UNITS.get(1), big()))
                .forEach(message -> all.take(SOURCE, message.sequence(), Piece.read(message.payload()), 0));
        assertThat(units).hasSize(3);
        assertThat(units.get(0)).usingRecursiveComparison().isEqualTo(UNITS.get(0));
        assertThat(units.get(1)).usingRecursiveComparison().isEqualTo(UNITS.get(1));
        assertThat(units.get(2)).usingRecursiveComparison().isEqualTo(big());
    }

    @Test
    void no_message_is_larger_than_it_may_be() {
        assertThat(messages(1, LEAST_MESSAGE, List.of(big())))
                .hasSize(12)
                .allMatch(message -> message.payloadSize() <= LEAST_MESSAGE);
    }

    @Test
    void a_missing_message_is_a_missing_picture() {
        List<Message> messages = new ArrayList<>(messages(1, LEAST_MESSAGE, UNITS.subList(0, 5)));
        messages.remove(2);
        take(SOURCE, messages, 0);
        assertThat(seen).containsExactly(0L, 1L, "missed 1", 3L, 4L);
        assertThat(assembly.lost()).isEqualTo(1);
    }

    @Test
    void a_part_of_a_picture_is_no_picture() {
        List<Message> messages = new ArrayList<>(messages(1, LEAST_MESSAGE, List.of(big(), big(), UNITS.get(12))));
        messages.remove(3);
        take(SOURCE, messages, 0);
        assertThat(seen).containsExactly("missed 1", 0L, 12L);
    }

    @Test
    void a_picture_without_an_end_is_given_up_before_it_takes_more_memory_than_one_may() {
        byte[] packets = big().packets();
        Piece first = new Piece(Piece.FIRST, 1, 0, 0, 0, new byte[0], packets);
        Piece more = new Piece(0, 1, 0, 0, 0, new byte[0], packets);
        assembly.take(SOURCE, 0, first, 0);
        assembly.take(SOURCE, 1, first, 0);
        long sequence = 2;
        for (; sequence < Cutter.MOST_BYTES / packets.length; sequence++) {
            assembly.take(SOURCE, sequence, more, 0);
        }
        long next = sequence;
        assertThatThrownBy(() -> {
                    assembly.take(SOURCE, next, more, 0);
                    assembly.take(SOURCE, next + 1, more, 0);
                    assembly.take(SOURCE, next + 2, more, 0);
                })
                .isInstanceOf(IllegalArgumentException.class);
        assembly.take(SOURCE, next + 3, more, 0); // the rest of it is not looked at
        assertThat(seen).isEmpty();
    }

    @Test
    void what_comes_again_or_late_is_no_news() {
        List<Message> messages = messages(1, LEAST_MESSAGE, UNITS.subList(0, 5));
        take(SOURCE, messages, 0);
        take(SOURCE, messages.subList(1, 4), 0);
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(assembly.late()).isEqualTo(3);
    }

    @Test
    void a_source_that_starts_again_is_followed_and_its_old_messages_are_not() {
        List<Message> old = messages(1, LEAST_MESSAGE, UNITS.subList(0, 5));
        take(SOURCE, old.subList(0, 3), 0);
        take(SOURCE, messages(2, LEAST_MESSAGE, UNITS.subList(0, 2)), 0);
        take(SOURCE, old.subList(3, 5), 0);
        assertThat(seen).containsExactly(0L, 1L, 2L, "missed 0", "restarted", 0L, 1L);
    }

    @Test
    void another_originator_is_followed_when_the_first_is_silent() {
        List<Message> others = messages(2, LEAST_MESSAGE, UNITS.subList(0, 2));
        take(SOURCE, messages(1, LEAST_MESSAGE, UNITS.subList(0, 2)), 0);
        take(OTHER, others, Assembly.SILENCE_NS);
        assertThat(seen).containsExactly(0L, 1L);
        take(OTHER, others, Assembly.SILENCE_NS + 1);
        assertThat(seen).containsExactly(0L, 1L, "missed 0", "restarted", 0L, 1L);
    }

    @Test
    void an_originator_that_comes_back_after_another_is_followed_again() {
        List<Message> first = messages(1, LEAST_MESSAGE, UNITS.subList(0, 6));
        long silent = Assembly.SILENCE_NS + 1;
        take(SOURCE, first.subList(0, 2), 0);
        take(OTHER, messages(2, LEAST_MESSAGE, UNITS.subList(0, 2)), silent);
        take(SOURCE, first.subList(2, 4), silent + 1); // the other one is not silent
        take(SOURCE, first.subList(4, 6), 2 * silent);
        assertThat(seen).containsExactly(0L, 1L, "missed 0", "restarted", 0L, 1L, "missed 0", "restarted", 4L, 5L);
        assertThat(assembly.ignored()).isEqualTo(2);
        assertThat(assembly.late()).isZero();
    }

    @Test
    void without_room_at_the_source_whole_pictures_wait_and_then_are_left_out() throws Exception {
        Departures departures = new Departures(1, LEAST_MESSAGE);
        FakeOutlet outlet = new FakeOutlet(2);
        departures.add(UNITS.get(0));
        departures.add(UNITS.get(1));
        departures.add(UNITS.get(2));
        outlet.call(new Sending(departures));
        Unit third = UNITS.get(3);
        long late = UNITS.get(2).arrivedMicros() + Departures.LONGEST_MICROS + 1;
        departures.add(new Unit(true, false, late, third.decodeTime(), third.tables(), third.packets()));
        UNITS.subList(4, 14).forEach(departures::add);
        FakeOutlet room = new FakeOutlet(1000);
        room.call(new Sending(departures));
        take(SOURCE, outlet.messages(), 0);
        take(SOURCE, room.messages(), 0);
        assertThat(seen).containsExactly(0L, 1L, "missed 10", 12L, 13L);
        assertThat(departures.skipped()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 219, 221})
    void other_sizes_are_no_message_of_a_stream(int size) {
        byte[] payload = new byte[size];
        if (size > 0) {
            payload[0] = 1;
        }
        assertThatThrownBy(() -> Piece.read(ByteBuffer.wrap(payload)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a message of a stream ");
    }

    @Test
    void a_packet_without_its_first_byte_is_refused() {
        byte[] payload = new byte[Piece.HEADER + Packet.BYTES];
        payload[0] = 1;
        assertThatThrownBy(() -> Piece.read(ByteBuffer.wrap(payload)))
                .hasMessage("a packet begins with 0x47, not with 0x0");
    }
}
