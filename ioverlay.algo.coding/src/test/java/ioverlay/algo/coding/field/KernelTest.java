package ioverlay.algo.coding.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelTest {
    private static final int ROUNDS = 200;

    static Stream<Kernel> kernels() {
        return Stream.of(Kernel.fastest(), Kernel.scalar());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void all_products_are_those_of_the_polynomials(Kernel kernel) {
        new KernelCheck(kernel, 1).products();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sums_of_any_length_at_any_offset_are_those_of_the_polynomials(Kernel kernel) {
        KernelCheck check = new KernelCheck(kernel, 2);
        for (int round = 0; round < ROUNDS; round++) {
            check.sums();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void what_lies_around_the_destination_stays(Kernel kernel) {
        byte[] around = new byte[300];
        byte[] from = new byte[200];
        Arrays.fill(from, (byte) 0x55);

        kernel.add(MemorySegment.ofArray(around).asSlice(50, 200), 7, MemorySegment.ofArray(from));

        assertThat(Arrays.copyOf(around, 50)).containsOnly(0);
        assertThat(Arrays.copyOfRange(around, 250, 300)).containsOnly(0);
        assertThat(Arrays.copyOfRange(around, 50, 250)).doesNotContain(0);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void regions_of_different_sizes_are_refused(Kernel kernel) {
        MemorySegment small = MemorySegment.ofArray(new byte[99]);
        MemorySegment large = MemorySegment.ofArray(new byte[100]);
        byte[] one = {1};

        assertThatThrownBy(() -> kernel.add(small, 1, large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("regions have the same size, not 99 and 100 bytes");
        assertThatThrownBy(() -> kernel.add(large, one, new MemorySegment[] {small}, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kernel.add(
                        new MemorySegment[] {large, small}, new byte[][] {one, one}, new MemorySegment[] {large}, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void with_the_incubator_module_it_is_a_vector_kernel() {
        assertThat(Kernel.fastest().name()).matches("vector-(128|256|512)");
    }
}
