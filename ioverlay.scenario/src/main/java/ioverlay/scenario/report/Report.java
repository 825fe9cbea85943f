package ioverlay.scenario.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import ioverlay.api.container.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report directory: {@code result.json}, {@code samples.csv}, {@code topology.json}, {@code index.html}. */
public final class Report {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private final @Nullable Path directory;
    private final List<Result> results = new ArrayList<>();

    private Report(@Nullable Path directory) {
        this.directory = directory;
    }

    /**
     * A report into a directory, which is made now; none if there is no directory.
     *
     * @throws RefusedException if it cannot be written to
     */
    public static Report into(Optional<Path> directory) {
        directory.ifPresent(path -> {
            try {
                Files.createDirectories(path);
            } catch (IOException e) {
                throw new RefusedException("--report needs a directory that can be made, not '" + path + "'", e);
            }
            if (!Files.isWritable(path)) {
                throw new RefusedException("--report needs a directory that can be written to, not '" + path + "'");
            }
        });
        return new Report(directory.orElse(null));
    }

    /** Adds a run. */
    public void add(Result result) {
        if (directory != null) {
            results.add(result);
        }
    }

    /** Writes all of it. */
    public void write() {
        if (directory == null) {
            return;
        }
        try {
            JsonArray all = new JsonArray();
            results.forEach(result -> all.add(result.toLongJson()));
            JsonArray topologies = new JsonArray();
            results.forEach(result -> topologies.add(Topology.of(result)));
            write(directory.resolve("result.json"), all.size() == 1 ? all.get(0) : all);
            write(directory.resolve("topology.json"), topologies.size() == 1 ? topologies.get(0) : topologies);
            try (Writer csv = Files.newBufferedWriter(directory.resolve("samples.csv"))) {
                Samples.write(results, csv);
            }
            Files.writeString(directory.resolve("index.html"), Page.of(results));
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written into " + directory, e);
        }
    }

    private static void write(Path file, JsonElement json) throws IOException {
        Files.writeString(file, GSON.toJson(json) + "\n");
    }
}
