package ioverlay.bench;

import ioverlay.bench.coding.CodingCommand;
import java.util.List;

/** Runs benchmarks that need no container, in a plain JVM: what they are about is to be measured without anything else. */
public final class Alone {
    private Alone() {}

    /** Runs one command line, as {@link Main} does, and ends with its exit code. */
    public static void main(String[] arguments) {
        System.exit(Bench.run(List.of(new CodingCommand(System.out)), () -> false, System.out, System.err, arguments));
    }
}
