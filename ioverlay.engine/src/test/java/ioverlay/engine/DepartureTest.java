package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.io.memory.Slab;
import ioverlay.io.memory.SlabPool;
import ioverlay.io.wire.Credit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves on a link, over a real connection whose other end reads when the test says so. */
@Timeout(60)
class DepartureTest {
    private static final int PLENTY = 1 << 30;

    private final LoneSwitch lone = new LoneSwitch();
    private final Departure departure = new Departure();
    private final Outbox control = lone.outbox(0, PLENTY, PLENTY);
    private final Outbox first = lone.outbox(1, PLENTY, PLENTY);
    private final Outbox second = lone.outbox(2, PLENTY, PLENTY);
    private final List<Outbox> data = List.of(first, second);
    private final Wire wire = new Wire();
    private ChannelPair pair;

    @BeforeEach
    void open() throws IOException {
        pair = ChannelPair.open(16 << 10);
        pair.dialled().configureBlocking(false);
        pair.accepted().configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
        lone.close();
    }

    private record Arrived(int type, int application, long sequence) {}

    /** The other end: puts the bytes together again and looks whether they are whole messages. */
    private static final class Wire {
        private ByteBuffer bytes = ByteBuffer.allocate(8 << 20);
        final List<Arrived> arrived = new ArrayList<>();
        long total;

        /** Reads what is there; how many bytes. */
        int read(SocketChannel channel, int most) throws IOException {
            bytes.limit(Math.min(bytes.capacity(), bytes.position() + most));
            int read = channel.read(bytes);
            bytes.flip();
            while (bytes.remaining() >= Header.BYTES) {
                int at = bytes.position();
                Header header = Header.read(bytes, at);
                int length = Header.BYTES + header.payloadSize();
                if (bytes.remaining() < length) {
                    break;
                }
                for (int i = Header.BYTES; i < length; i++) {
                    if (bytes.get(at + i) != (byte) header.sequence()) {
                        throw new AssertionError("byte " + i + " of " + header);
                    }
                }
                arrived.add(new Arrived(header.type(), header.application(), header.sequence()));
                bytes.position(at + length);
            }
            bytes.compact();
            total += Math.max(0, read);
            return read;
        }

        List<Long> sequences(int application) {
            return arrived.stream()
                    .filter(one -> one.application() == application)
                    .map(Arrived::sequence)
                    .toList();
        }
    }

    private static void put(Outbox box, int application, long sequence, int payloadSize) {
        Slab slab = Slab.onHeap(Header.BYTES + payloadSize);
        int end = Messages.write(slab, 0, application, sequence, payloadSize);
        box.append(slab, 0, end);
        slab.release();
    }

    private void putControl(long sequence, int payloadSize) {
        ByteBuffer message = Messages.any(MessageType.CUSTOM, 9, sequence, payloadSize);
        Slab slab = Slab.onHeap(message.remaining());
        slab.buffer().put(0, message, 0, message.remaining());
        control.append(slab, 0, slab.capacity());
        slab.release();
    }

    private long writeOnce() throws IOException {
        return departure.load(control, data) == 0 ? 0 : departure.write(pair.dialled());
    }

    /** Writes until the kernel takes no more or nothing may go. */
    private long writeAll() throws IOException {
        long all = 0;
        for (long wrote = writeOnce(); wrote > 0; wrote = writeOnce()) {
            all += wrote;
        }
        return all;
    }

    private void readAll(long bytes) {
        Await.until(bytes + " bytes", () -> {
            try {
                wire.read(pair.accepted(), 1 << 20);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return wire.total >= bytes;
        });
        assertThat(wire.total).isEqualTo(bytes);
    }

    @Test
    void nothing_goes_where_there_is_nothing() throws IOException {
        assertThat(departure.load(control, data)).isZero();
    }

    @Test
    void neighbours_in_a_slab_leave_as_one_buffer() throws IOException {
        SlabPool pool = new SlabPool(SlabPool.SLAB_BYTES);
        Slab slab = pool.take(1);
        int at = 0;
        for (int i = 0; i < 50; i++) {
            int end = Messages.write(slab, at, 1, i, 20);
            first.append(slab, at, end - at);
            at = end;
        }
        slab.release();
        assertThat(first.runs).hasSize(1);
        readAll(writeAll());
        assertThat(wire.sequences(1)).hasSize(50).isSorted();
        assertThat(pool.freeBytes()).isEqualTo(SlabPool.SLAB_BYTES);
    }

    @Test
    void control_goes_before_data_that_was_there_first() throws IOException {
        put(first, 1, 0, 100);
        putControl(7, 10);
        readAll(writeAll());
        assertThat(wire.arrived).extracting(Arrived::application).containsExactly(9, 1);
    }

    @Test
    void control_waits_for_the_end_of_a_message_that_was_cut_and_for_nothing_else() throws IOException {
        put(first, 1, 0, Header.MAX_PAYLOAD);
        put(first, 1, 1, 1000);
        long wrote = writeAll();
        assertThat(wrote).isBetween(1L, (long) Header.MAX_PAYLOAD);
        putControl(7, 10);
        while (!control.isDrained() || !first.isDrained()) {
            wire.read(pair.accepted(), 1 << 20);
            wrote += writeAll();
        }
        readAll(wrote);
        assertThat(wire.arrived).extracting(Arrived::application).containsExactly(1, 9, 1);
    }

    @Test
    void applications_take_turns() throws IOException {
        for (int i = 0; i < 40; i++) {
            put(first, 1, i, 10_000);
            put(second, 2, i, 10_000);
        }
        long wrote = 0;
        while (!first.isDrained() || !second.isDrained()) {
            wrote += writeAll();
            wire.read(pair.accepted(), 1 << 20);
        }
        readAll(wrote);
        assertThat(wire.sequences(1)).hasSize(40).isSorted();
        assertThat(wire.sequences(2)).hasSize(40).isSorted();
        List<Arrived> half = wire.arrived.subList(0, 40);
        assertThat(half.stream().filter(one -> one.application() == 1).count()).isBetween(10L, 30L);
    }

    @Test
    void a_message_begins_while_there_is_credit_and_goes_beyond_it_to_its_end() throws IOException {
        Outbox limited = lone.outbox(3, PLENTY, 1000);
        for (int i = 0; i < 5; i++) {
            put(limited, 3, i, 600 - Header.BYTES);
        }
        assertThat(departure.load(control, List.of(limited))).isEqualTo(1200);
        assertThat(departure.write(pair.dialled())).isEqualTo(1200);
        assertThat(departure.load(control, List.of(limited))).isZero();
    }

    @Test
    void credit_cuts_a_merged_run_at_a_boundary() throws IOException {
        Outbox limited = lone.outbox(3, PLENTY, 1000);
        Slab slab = Slab.onHeap(10_000);
        int at = 0;
        for (int i = 0; i < 10; i++) {
            int end = Messages.write(slab, at, 3, i, 300 - Header.BYTES);
            limited.append(slab, at, end - at);
            at = end;
        }
        assertThat(limited.runs).hasSize(1);
        assertThat(departure.load(control, List.of(limited))).isEqualTo(1200);
        departure.write(pair.dialled());
        readAll(1200);
        assertThat(wire.sequences(3)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void new_credit_is_told_to_one_that_had_none_left() throws IOException {
        Outbox limited = lone.outbox(3, PLENTY, 100);
        put(limited, 3, 0, 100);
        put(limited, 3, 1, 100);
        assertThat(limited.credit(new Credit(3, 100, 0, 0))).isFalse();
        departure.load(control, List.of(limited));
        departure.write(pair.dialled());
        assertThat(departure.load(control, List.of(limited))).isZero();
        assertThat(limited.credit(new Credit(3, 300, 124, 1))).isTrue();
        assertThat(departure.load(control, List.of(limited))).isEqualTo(124);
        assertThat(limited.unacknowledgedBytes()).isZero();
    }

    @Test
    void a_credit_that_comes_late_takes_nothing_back() {
        Outbox limited = lone.outbox(3, PLENTY, 100);
        limited.credit(new Credit(3, 500, 0, 0));
        limited.credit(new Credit(3, 300, 0, 0));
        assertThat(limited.credit()).isEqualTo(500);
    }

    @Test
    void an_empty_window_stops_data_but_not_control() throws IOException {
        Outbox closed = lone.outbox(3, PLENTY, 0);
        put(closed, 3, 0, 10);
        putControl(1, 10);
        assertThat(departure.load(control, List.of(closed))).isEqualTo(34);
    }

    @Test
    void what_fails_counts_what_is_not_known_to_have_arrived() throws IOException {
        for (int i = 0; i < 10; i++) {
            put(first, 1, i, 100);
        }
        writeAll();
        first.credit(new Credit(1, PLENTY, 4 * 124, 4));
        put(first, 1, 10, 100);
        assertThat(first.fail()).isEqualTo(7);
        assertThat(first.runs).isEmpty();
    }

    /** Random traffic of a control lane and several applications into a connection that is often full. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whole_messages_in_order_come_out_whatever_is_cut(long seed) throws IOException {
        Random random = new Random(seed);
        SlabPool pool = new SlabPool(64L << 20);
        List<Outbox> boxes = new ArrayList<>();
        Map<Integer, Long> put = new HashMap<>();
        Map<Integer, Long> granted = new HashMap<>();
        for (int application = 1; application <= 5; application++) {
            boxes.add(lone.outbox(application, PLENTY, 10_000));
            granted.put(application, 10_000L);
        }
        for (int round = 0; round < 400; round++) {
            burst(random, pool, boxes, put);
            for (Outbox box : boxes) {
                if (random.nextBoolean()) {
                    long limit = granted.merge(box.application(), (long) random.nextInt(30_000), Long::sum);
                    box.credit(new Credit(box.application(), limit, 0, 0));
                }
            }
            while (departure.load(control, boxes) > 0 && departure.write(pair.dialled()) > 0) {
                // as much as the kernel takes
            }
            wire.read(pair.accepted(), random.nextInt(60_000));
        }
        boxes.forEach(box -> box.credit(new Credit(box.application(), PLENTY, 0, 0)));
        Await.until("everything has left, seed " + seed, () -> {
            try {
                if (departure.load(control, boxes) > 0) {
                    departure.write(pair.dialled());
                }
                wire.read(pair.accepted(), 1 << 20);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return control.isDrained() && boxes.stream().allMatch(Outbox::isDrained);
        });
        long all = put.values().stream().mapToLong(Long::longValue).sum();
        Await.until("everything has come, seed " + seed, () -> {
            try {
                wire.read(pair.accepted(), 1 << 20);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return wire.arrived.size() == all;
        });
        put.forEach((application, count) -> assertThat(wire.sequences(application))
                .as("application %d, seed %d", application, seed)
                .hasSize(count.intValue())
                .isSorted()
                .doesNotHaveDuplicates());
        assertThat(pool.freeBytes()).isEqualTo(pool.allocatedBytes());
    }

    private void burst(Random random, SlabPool pool, List<Outbox> boxes, Map<Integer, Long> put) {
        Slab slab = pool.take(1);
        int at = 0;
        for (int i = random.nextInt(6); i > 0; i--) {
            Outbox box = boxes.get(random.nextInt(boxes.size()));
            for (int row = random.nextInt(4); row >= 0; row--) {
                long sequence = put.merge(box.application(), 1L, Long::sum) - 1;
                int end = Messages.write(slab, at, box.application(), sequence, random.nextInt(5_000));
                box.append(slab, at, end - at);
                at = end;
            }
        }
        slab.release();
        if (random.nextInt(3) == 0) {
            putControl(put.merge(9, 1L, Long::sum) - 1, random.nextInt(500));
        }
    }
}
