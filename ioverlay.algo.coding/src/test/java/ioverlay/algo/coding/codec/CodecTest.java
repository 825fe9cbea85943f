package ioverlay.algo.coding.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.algo.coding.field.Field;
import ioverlay.algo.coding.field.Kernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of encoder, recoder, decoder and checksum. */
class CodecTest {
    private static final long KEY = 42;
    private static final int GENERATION = 7;
    private static final Kernel KERNEL = Kernel.scalar();

    private final Arena arena = Arena.ofAuto();
    private final Random random = new Random(3);

    private MemorySegment vector(Shape shape) {
        return arena.allocate(shape.vectorBytes());
    }

    private Checksum checksum(Shape shape) {
        return new Checksum(shape, KEY, GENERATION, KERNEL);
    }

    private List<byte[]> blocks(Shape shape) {
        List<byte[]> blocks = new ArrayList<>();
        for (int i = 0; i < shape.blocks(); i++) {
            byte[] block = new byte[shape.blockBytes()];
            random.nextBytes(block);
            blocks.add(block);
        }
        return blocks;
    }

    private Encoder encoder(Shape shape, List<byte[]> blocks) {
        Encoder encoder = new Encoder(shape, checksum(shape), KERNEL);
        blocks.forEach(block -> encoder.add(MemorySegment.ofArray(block)));
        return encoder;
    }

    private static void assertDecoded(Decoder decoder, List<byte[]> blocks) {
        assertThat(decoder.isComplete()).isTrue();
        for (int i = 0; i < blocks.size(); i++) {
            assertThat(decoder.block(i).orElseThrow().toArray(ValueLayout.JAVA_BYTE))
                    .as("block %d of %d", i, blocks.size())
                    .isEqualTo(blocks.get(i));
        }
    }

    /** The rank of a matrix as every book has it. */
    private static int rank(List<byte[]> matrix) {
        List<byte[]> rows = new ArrayList<>(matrix.stream().map(byte[]::clone).toList());
        int rank = 0;
        for (int column = 0; !matrix.isEmpty() && column < matrix.getFirst().length; column++) {
            int at = column;
            byte[] pivot = rows.stream().filter(row -> row[at] != 0).findFirst().orElse(null);
            if (pivot != null) {
                rank++;
                rows.remove(pivot);
                for (byte[] row : rows) {
                    int factor = Field.times(row[at] & 0xff, Field.inverse(pivot[at] & 0xff));
                    for (int i = 0; i < row.length; i++) {
                        row[i] ^= (byte) Field.times(factor, pivot[i] & 0xff);
                    }
                }
            }
        }
        return rank;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 100", "7, 64", "8, 1000", "16, 5120", "33, 129", "64, 300", "256, 40"})
    void any_independent_combinations_decode_whatever_their_number(int count, int bytes) {
        Shape shape = new Shape(count, bytes);
        List<byte[]> blocks = blocks(shape);
        Encoder encoder = encoder(shape, blocks);
        Decoder decoder = new Decoder(shape, KERNEL);
        MemorySegment vector = vector(shape);
        int sent = 0;
        while (!decoder.isComplete()) {
            encoder.combine(random, vector);
            decoder.add(vector);
            sent++;
        }

        assertDecoded(decoder, blocks);
        assertThat(sent).isLessThanOrEqualTo(count + 3);
        assertThat(decoder.add(vector)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void what_counts_as_new_is_what_raises_the_rank(long seed) {
        random.setSeed(seed);
        Shape shape = new Shape(1 + random.nextInt(12), 1 + random.nextInt(50));
        List<byte[]> blocks = blocks(shape);
        Decoder decoder = new Decoder(shape, KERNEL);
        Recoder recoder = new Recoder(shape, KERNEL);
        List<byte[]> seen = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            // Few different numbers, many zeros: many of them depend on each other.
            MemorySegment vector = vector(shape);
            for (int block = 0; block < shape.blocks(); block++) {
                int coefficient = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
                vector.set(ValueLayout.JAVA_BYTE, block, (byte) coefficient);
                KERNEL.add(shape.block(vector), coefficient, MemorySegment.ofArray(blocks.get(block)));
            }
            int before = rank(seen);
            seen.add(shape.coefficients(vector).toArray(ValueLayout.JAVA_BYTE));
            boolean isNew = rank(seen) > before;

            assertThat(decoder.add(vector)).isEqualTo(isNew);
            assertThat(recoder.add(vector)).isEqualTo(isNew);
            assertThat(decoder.rank()).isEqualTo(rank(seen));
        }
        if (decoder.isComplete()) {
            assertDecoded(decoder, blocks);
        }
    }

    @Test
    void the_next_generation_may_take_the_same_memory() {
        Shape shape = new Shape(9, 100);
        Decoder decoder = new Decoder(shape, KERNEL);
        Recoder recoder = new Recoder(shape, KERNEL);
        MemorySegment vector = vector(shape);
        for (int generation = 0; generation < 5; generation++) {
            List<byte[]> blocks = blocks(shape);
            Encoder encoder = encoder(shape, blocks);
            while (!decoder.isComplete()) {
                encoder.combine(random, vector);
                recoder.add(vector);
                recoder.combine(random, vector);
                decoder.add(vector);
            }
            assertDecoded(decoder, blocks);
            decoder.clear();
            recoder.clear();
            assertThat(decoder.rank() + recoder.rank()).isZero();
            assertThat(decoder.block(0)).isEmpty();
        }
    }

    @Test
    void combinations_of_what_is_known_never_count() {
        Shape shape = new Shape(16, 100);
        Encoder encoder = encoder(shape, blocks(shape));
        Recoder recoder = new Recoder(shape, KERNEL);
        Decoder decoder = new Decoder(shape, KERNEL);
        MemorySegment vector = vector(shape);
        for (int i = 0; i < 9; i++) {
            encoder.combine(random, vector);
            recoder.add(vector);
            decoder.add(vector);
        }

        for (int i = 0; i < 200; i++) {
            recoder.combine(random, vector);
            assertThat(decoder.add(vector)).isFalse();
        }
        assertThat(decoder.rank()).isEqualTo(9);
    }

    @Test
    void recoded_over_three_hops_it_decodes_and_every_hop_can_check_it() {
        Shape shape = new Shape(24, 333);
        List<byte[]> blocks = blocks(shape);
        Encoder encoder = encoder(shape, blocks);
        List<Recoder> hops =
                List.of(new Recoder(shape, KERNEL), new Recoder(shape, KERNEL), new Recoder(shape, KERNEL));
        Decoder decoder = new Decoder(shape, KERNEL);
        Checksum checksum = checksum(shape);
        MemorySegment vector = vector(shape);
        for (int sent = 0; !decoder.isComplete() && sent < 100; sent++) {
            encoder.combine(random, vector);
            for (Recoder hop : hops) {
                hop.add(vector);
                hop.combine(random, vector);
                assertThat(checksum.holds(vector)).isTrue();
            }
            decoder.add(vector);
        }

        assertDecoded(decoder, blocks);
    }

    @Test
    void what_comes_in_clear_is_there_at_once_and_fills_up_with_combinations() {
        Shape shape = new Shape(10, 64);
        List<byte[]> blocks = blocks(shape);
        Checksum checksum = checksum(shape);
        Encoder encoder = new Encoder(shape, checksum, KERNEL);
        Decoder decoder = new Decoder(shape, KERNEL);
        for (int i = 0; i < 10; i++) {
            MemorySegment clear = encoder.add(MemorySegment.ofArray(blocks.get(i)));
            assertThat(checksum.holds(clear)).isTrue();
            if (i != 3 && i != 8) {
                assertThat(decoder.add(clear)).isTrue();
                assertThat(decoder.block(i).orElseThrow().toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(blocks.get(i));
            }
        }
        assertThat(decoder.block(3)).isEmpty();
        MemorySegment vector = vector(shape);
        for (int i = 0; i < 2; i++) {
            encoder.combine(random, vector);
            decoder.add(vector);
        }

        assertDecoded(decoder, blocks);
    }

    @Test
    void a_byte_that_was_changed_anywhere_is_found_before_it_spoils_others() {
        Shape shape = new Shape(20, 500);
        Encoder encoder = encoder(shape, blocks(shape));
        Checksum checksum = checksum(shape);
        MemorySegment vector = vector(shape);
        encoder.combine(random, vector);
        for (int at = 0; at < shape.vectorBytes(); at++) {
            byte right = vector.get(ValueLayout.JAVA_BYTE, at);
            vector.set(ValueLayout.JAVA_BYTE, at, (byte) (right ^ 1 + random.nextInt(255)));
            assertThat(checksum.holds(vector)).as("byte %d", at).isFalse();
            vector.set(ValueLayout.JAVA_BYTE, at, right);
        }
        assertThat(checksum.holds(vector)).isTrue();
    }

    @Test
    void bytes_that_were_swapped_moved_or_zeroed_are_found_too() {
        Shape shape = new Shape(20, 500);
        Encoder encoder = encoder(shape, blocks(shape));
        Checksum checksum = checksum(shape);
        for (int round = 0; round < 500; round++) {
            MemorySegment vector = vector(shape);
            encoder.combine(random, vector);
            byte[] right = vector.toArray(ValueLayout.JAVA_BYTE);
            int from = random.nextInt(300);
            int size = 1 + random.nextInt(150);
            switch (round % 3) {
                case 0 -> vector.asSlice(from, size).fill((byte) 0);
                case 1 -> MemorySegment.copy(vector, from, vector, from + 1, size);
                default -> vector.asSlice(from, size).copyFrom(vector.asSlice(from + 64, size));
            }
            boolean isSame = Arrays.equals(right, vector.toArray(ValueLayout.JAVA_BYTE));
            assertThat(checksum.holds(vector)).isEqualTo(isSame);
        }
    }

    @Test
    void a_vector_of_another_generation_or_key_does_not_hold() {
        Shape shape = new Shape(5, 50);
        MemorySegment vector = vector(shape);
        encoder(shape, blocks(shape)).combine(random, vector);

        assertThat(new Checksum(shape, KEY, GENERATION + 1, KERNEL).holds(vector))
                .isFalse();
        assertThat(new Checksum(shape, KEY + 1, GENERATION, KERNEL).holds(vector))
                .isFalse();
        assertThat(new Checksum(shape, KEY, GENERATION, Kernel.fastest()).holds(vector))
                .isTrue();
    }

    @Test
    void what_is_out_of_range_is_a_sentence() {
        Shape shape = new Shape(5, 50);
        Encoder full = encoder(shape, blocks(shape));
        MemorySegment small = arena.allocate(shape.vectorBytes() - 1);

        assertThatThrownBy(() -> new Shape(0, 1)).hasMessage("a generation has 1 to 256 blocks, not 0");
        assertThatThrownBy(() -> new Shape(257, 1)).hasMessage("a generation has 1 to 256 blocks, not 257");
        assertThatThrownBy(() -> new Shape(1, 0)).hasMessage("a block has 1 to 1048576 bytes, not 0");
        assertThatThrownBy(() -> new Decoder(shape, KERNEL).add(small))
                .hasMessage("a vector has 63 bytes here, not 62");
        assertThatThrownBy(() -> new Recoder(shape, KERNEL).add(small)).hasMessageContaining("not 62");
        assertThatThrownBy(() -> checksum(shape).holds(small)).hasMessageContaining("not 62");
        assertThatThrownBy(() -> full.combine(random, small)).hasMessageContaining("not 62");
        assertThatThrownBy(() -> full.add(small)).hasMessage("a block has 50 bytes here, not 62");
        assertThatThrownBy(() -> full.add(arena.allocate(50))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Recoder(shape, KERNEL).combine(random, vector(shape)))
                .isInstanceOf(IllegalStateException.class);
    }
}
