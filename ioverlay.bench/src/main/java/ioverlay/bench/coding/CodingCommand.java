package ioverlay.bench.coding;

import ioverlay.algo.coding.codec.Shape;
import ioverlay.algo.coding.field.Kernel;
import ioverlay.bench.BenchCommand;
import ioverlay.bench.FailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code overlay bench coding}: its options. */
@Command(
        name = "coding",
        description = {"How fast one core codes in GF(2^8), measured with JMH. All of it takes one to two minutes.", ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "A figure is the bytes of all k blocks by the time that one turn takes, the median of five: k blocks are"
                    + " added to another one by one (mad), made one combination (encode), as are k combinations"
                    + " (recode); k combinations become blocks (decode, nothing in clear).",
            "The file: {\"rows\":[{\"what\":s,\"k\":n,\"bytes\":n,\"kernel\":s,\"GBps\":x}]} and, after these, the"
                    + " conditions.",
            "Exit code: 0 if everything was measured."
        })
public final class CodingCommand extends BenchCommand<CodingOptions> {
    private static final String BLOCKS = "8,16,32,64,128,256";
    private static final String SIZES = "1024,5120,65536";

    @Option(names = "--what", paramLabel = "LIST", description = "Some of mad, encode, recode, decode. Default: all.")
    private String what = String.join(",", What.names());

    @Option(names = "--k", paramLabel = "LIST", description = "Blocks, 1 to 256 each. Default: " + BLOCKS + ".")
    private String k = BLOCKS;

    @Option(
            names = "--bytes",
            paramLabel = "LIST",
            description = "Bytes of a block, 1 to 1048576 each. Default: " + SIZES + ".")
    private String bytes = SIZES;

    @Option(
            names = "--kernel",
            paramLabel = "LIST",
            description =
                    "Some of fastest, scalar, or what the fastest is called. Default: fastest, and scalar for mad.")
    private @Nullable String kernel;

    /** Measures without a container. */
    public CodingCommand(PrintStream out) {
        super(out);
    }

    @Override
    protected CodingOptions options() {
        List<What> wanted = new ArrayList<>();
        for (String name : what.split(",", -1)) {
            Optional<What> known = Arrays.stream(What.values())
                    .filter(one -> one.toString().equals(name))
                    .findFirst();
            wanted.add(known.orElseThrow(
                    () -> refusal("--what takes some of " + String.join(", ", What.names()) + ", not '" + name + "'")));
        }
        return new CodingOptions(
                wanted,
                numbers("--k", k, Shape.MOST_BLOCKS),
                numbers("--bytes", bytes, Shape.MOST_BLOCK_BYTES),
                kernels());
    }

    private List<Kernel> kernels() {
        List<String> known = Stream.of("fastest", Kernel.fastest().name(), "scalar")
                .distinct()
                .toList();
        List<Kernel> kernels = new ArrayList<>();
        for (String name : kernel == null ? new String[0] : kernel.split(",", -1)) {
            require(
                    known.contains(name),
                    "--kernel takes some of " + String.join(", ", known) + " here, not '" + name + "'");
            kernels.add(name.equals("scalar") ? Kernel.scalar() : Kernel.fastest());
        }
        return kernels;
    }

    private List<Integer> numbers(String option, String list, int most) {
        List<Integer> numbers = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            String rule = option + " takes numbers from 1 to " + most + ", with commas between, not '" + text + "'";
            try {
                int number = Integer.parseInt(text);
                require(number >= 1 && number <= most, rule);
                numbers.add(number);
            } catch (NumberFormatException e) {
                throw refusal(rule);
            }
        }
        return numbers;
    }

    @Override
    protected String headline(CodingOptions options) {
        return "Coding on one core, " + options.rows().size() + " rows; vectors: " + Kernel.fastest() + ".";
    }

    /**
     * Measures each row.
     *
     * @throws FailedException if a row could not be measured
     */
    @Override
    protected Report measure(CodingOptions options) throws IOException, InterruptedException {
        return new CodingBench(out).run(options);
    }
}
