package ioverlay.io.memory;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Header;
import ioverlay.io.wire.ChannelPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ArrivalsTest {
    private static final Content MIXED = Content.mixed(Header.MAX_PAYLOAD);

    private final SlabPool pool = new SlabPool(SlabPool.DEFAULT_LIMIT_BYTES);

    /** Reads whole messages until so many came, and keeps some of them for a while, as a node's queues do. */
    private static final class Reader {
        private final Arrivals arrivals;
        private final Content content;
        private final Random random;
        private final int mostKept;
        private final Deque<Range> kept = new ArrayDeque<>();
        private final Set<Slab> slabs = new HashSet<>();
        private long next;
        private long wrong;

        Reader(Arrivals arrivals, Content content, long seed, int mostKept) {
            this.arrivals = arrivals;
            this.content = content;
            this.random = new Random(seed);
            this.mostKept = mostKept;
        }

        void read(SocketChannel channel, long messages) throws IOException {
            while (next + kept.size() < messages) {
                assertThat(arrivals.read(channel)).isPositive();
                slabs.add(arrivals.slab());
                arrivals.parsed(sort(arrivals.slab(), arrivals.from(), arrivals.to()));
                while (kept.size() > (mostKept == 0 ? 0 : random.nextInt(mostKept))) {
                    check(kept.removeFirst());
                }
            }
            while (!kept.isEmpty()) {
                check(kept.removeFirst());
            }
        }

        private int sort(Slab slab, int from, int to) {
            int at = from;
            while (to - at >= Header.BYTES) {
                int length = Header.BYTES + Header.payloadSizeAt(slab.buffer(), at);
                if (to - at < length) {
                    break;
                }
                slab.retain();
                kept.addLast(new Range(slab, at, at + length, 1));
                at += length;
            }
            return at;
        }

        private void check(Range message) {
            ByteBuffer payload = message.slab().range(message.from() + Header.BYTES, message.to());
            if (Header.sequenceAt(message.slab().buffer(), message.from()) != next || !content.matches(payload, next)) {
                wrong++;
            }
            next++;
            message.slab().release();
        }
    }

    private static Thread write(SocketChannel channel, Content content, long messages, Random random, int mostAtOnce) {
        return Thread.ofVirtual().start(() -> {
            try {
                for (long sequence = 0; sequence < messages; sequence++) {
                    int size = content.size(sequence);
                    ByteBuffer message = ByteBuffer.allocate(Header.BYTES + size);
                    message.put(Messages.dataHeader(7, sequence, size));
                    content.fill(message.slice(), sequence);
                    message.clear();
                    fragments(channel, message, random, mostAtOnce);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void fragments(SocketChannel channel, ByteBuffer message, Random random, int most)
            throws IOException {
        while (message.hasRemaining()) {
            int size = Math.min(message.remaining(), 1 + random.nextInt(random.nextInt(8) == 0 ? most : 300));
            ByteBuffer fragment = message.slice(message.position(), size);
            while (fragment.hasRemaining()) {
                channel.write(fragment);
            }
            message.position(message.position() + size);
        }
    }

    private void everythingComesWhole(SlabPool from, long seed, int mostKept) throws Exception {
        long messages = 400;
        try (ChannelPair pair = ChannelPair.open();
                Arrivals arrivals = new Arrivals(from)) {
            Thread writer = write(pair.dialled(), MIXED, messages, new Random(seed), 200_000);
            Reader reader = new Reader(arrivals, MIXED, seed, mostKept);
            reader.read(pair.accepted(), messages);
            writer.join();
            assertThat(reader.next).as("messages, seed %d", seed).isEqualTo(messages);
            assertThat(reader.wrong).as("wrong ones, seed %d", seed).isZero();
            assertThat(arrivals.hasPart()).isFalse();
        }
        assertThat(from.freeBytes()).as("seed %d", seed).isEqualTo(from.allocatedBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void all_sizes_in_any_fragments_come_whole_when_taken_at_once(long seed) throws Exception {
        everythingComesWhole(pool, seed, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void all_sizes_in_any_fragments_come_whole_when_some_are_kept(long seed) throws Exception {
        everythingComesWhole(pool, seed, 40);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void all_sizes_come_whole_when_the_pool_is_at_its_limit(long seed) throws Exception {
        everythingComesWhole(new SlabPool(0), seed, 40);
    }

    @Test
    void a_busy_link_whose_messages_are_taken_fills_one_slab_again_and_again() throws Exception {
        Content content = Content.of(5000);
        try (ChannelPair pair = ChannelPair.open();
                Arrivals arrivals = new Arrivals(pool)) {
            Thread writer = write(pair.dialled(), content, 2_000, new Random(1), 100_000);
            Reader reader = new Reader(arrivals, content, 1, 0);
            reader.read(pair.accepted(), 2_000);
            writer.join();
            assertThat(pool.allocatedBytes()).isEqualTo(SlabPool.SLAB_BYTES);
            assertThat(reader.slabs).hasSizeLessThanOrEqualTo(2); // the small one of its own and one of the pool
        }
    }

    @Test
    void an_idle_link_holds_no_slab_of_the_pool() throws Exception {
        Content content = Content.of(100);
        try (ChannelPair pair = ChannelPair.open();
                Arrivals arrivals = new Arrivals(pool)) {
            Reader reader = new Reader(arrivals, content, 1, 0);
            for (int i = 1; i <= 20; i++) {
                ByteBuffer message = ByteBuffer.allocate(Header.BYTES + 100);
                message.put(Messages.dataHeader(7, i - 1, 100));
                content.fill(message.slice(), i - 1);
                pair.dialled().write(message.clear());
                reader.read(pair.accepted(), i);
            }
            assertThat(reader.wrong).isZero();
            assertThat(pool.allocatedBytes()).isZero();
        }
    }

    @Test
    void after_a_burst_the_slab_goes_back() throws Exception {
        Content large = Content.of(50_000);
        try (ChannelPair pair = ChannelPair.open();
                Arrivals arrivals = new Arrivals(pool)) {
            Thread writer = write(pair.dialled(), large, 100, new Random(1), 200_000);
            new Reader(arrivals, large, 1, 0).read(pair.accepted(), 100);
            writer.join();
            assertThat(pool.allocatedBytes()).isPositive();
            Content small = Content.of(10);
            Thread trickle = write(pair.dialled(), small, 50, new Random(1), 10);
            new Reader(arrivals, small, 1, 0).read(pair.accepted(), 50);
            trickle.join();
            assertThat(pool.freeBytes()).isEqualTo(pool.allocatedBytes());
        }
    }

    @Test
    void a_message_larger_than_a_slab_gets_memory_of_its_size() throws Exception {
        Content content = Content.of(Header.MAX_PAYLOAD);
        try (ChannelPair pair = ChannelPair.open();
                Arrivals arrivals = new Arrivals(pool)) {
            Thread writer = write(pair.dialled(), content, 3, new Random(1), 300_000);
            Reader reader = new Reader(arrivals, content, 1, 0);
            reader.read(pair.accepted(), 3);
            writer.join();
            assertThat(reader.wrong).isZero();
            assertThat(reader.slabs).anyMatch(slab -> slab.capacity() == Header.BYTES + Header.MAX_PAYLOAD);
        }
    }

    @Test
    void the_end_of_the_stream_is_told_and_what_is_cut_is_seen() throws IOException {
        try (ChannelPair pair = ChannelPair.open();
                Arrivals arrivals = new Arrivals(pool)) {
            pair.dialled().write(Messages.data(7, 1, 100).limit(60));
            pair.dialled().shutdownOutput();
            assertThat(arrivals.read(pair.accepted())).isEqualTo(60);
            assertThat(arrivals.read(pair.accepted())).isEqualTo(-1);
            assertThat(arrivals.hasPart()).isTrue();
        }
    }
}
