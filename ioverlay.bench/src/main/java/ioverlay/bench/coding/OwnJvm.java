package ioverlay.bench.coding;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import ioverlay.bench.Alone;
import ioverlay.bench.FailedException;
import ioverlay.bench.coding.CodingOptions.Wanted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Has rows of one kind and one kernel measured in a JVM that has done nothing else, started as this one was. */
final class OwnJvm {
    private final PrintStream out;

    OwnJvm(PrintStream out) {
        this.out = out;
    }

    /**
     * Measures them; shows each as it comes.
     *
     * @throws FailedException with what the JVM said last, if it fails
     */
    List<CodingRow> measured(List<Wanted> rows) throws IOException, InterruptedException {
        Path result = Files.createTempFile("bench-coding", ".json");
        Process process = new ProcessBuilder(command(rows, result))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String last = "";
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("  " + rows.getFirst().what() + " ")) {
                    out.println(line);
                }
                last = line;
            }
            if (process.waitFor() != 0) {
                throw new FailedException("the JVM for " + rows.getFirst() + " ended: " + last);
            }
            List<CodingRow> measured = new ArrayList<>();
            for (JsonElement row : JsonParser.parseString(Files.readString(result))
                    .getAsJsonObject()
                    .getAsJsonArray("rows")) {
                measured.add(CodingRow.read(row.getAsJsonObject()));
            }
            return measured;
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(result);
        }
    }

    private static List<String> command(List<Wanted> rows, Path result) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Alone.class.getName(), "bench", "coding"));
        command.addAll(List.of("--what", rows.getFirst().what().toString()));
        command.addAll(List.of("--kernel", rows.getFirst().kernel().name()));
        command.addAll(List.of("--k", list(rows.stream().map(Wanted::k).toList())));
        command.addAll(List.of("--bytes", list(rows.stream().map(Wanted::bytes).toList())));
        command.addAll(List.of("--json", result.toString()));
        return command;
    }

    private static String list(List<Integer> numbers) {
        return numbers.stream().distinct().map(String::valueOf).collect(Collectors.joining(","));
    }
}
