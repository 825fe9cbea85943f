package ioverlay.bench.coding;

import ioverlay.algo.coding.field.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bench coding} was asked for: a row for each combination.
 *
 * @param what is measured
 * @param k numbers of blocks
 * @param bytes sizes of blocks
 * @param kernels to measure it with; empty: the fastest, and that without vectors for {@code mad}
 */
record CodingOptions(List<What> what, List<Integer> k, List<Integer> bytes, List<Kernel> kernels) {
    CodingOptions {
        what = List.copyOf(what);
        k = List.copyOf(k);
        bytes = List.copyOf(bytes);
        kernels = List.copyOf(kernels);
    }

    /** One row to be measured. */
    record Wanted(What what, int k, int bytes, Kernel kernel) {
        @Override
        public String toString() {
            return what + " of " + k + " blocks of " + bytes + " bytes, " + kernel;
        }
    }

    /** All rows, each once; those of one kernel together, as the compiler has to learn each. */
    List<Wanted> rows() {
        List<Wanted> rows = new ArrayList<>();
        for (Kernel kernel : kernels.isEmpty() ? List.of(Kernel.fastest(), Kernel.scalar()) : kernels) {
            boolean isBeside = kernels.isEmpty() && kernel != Kernel.fastest();
            for (What each : isBeside ? what.stream().filter(What.MAD::equals).toList() : what) {
                k.forEach(blocks -> bytes.forEach(size -> rows.add(new Wanted(each, blocks, size, kernel))));
            }
        }
        return rows.stream().distinct().toList();
    }
}
