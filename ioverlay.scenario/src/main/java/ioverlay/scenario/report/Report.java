package ioverlay.scenario.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import ioverlay.api.container.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * Writes all of it, each file for itself.
     *
     * @throws UncheckedIOException if a file cannot be written, or a run not be drawn; the sentence names all such and why
     */
    public void write() {
        if (directory == null) {
            return;
        }
        List<String> problems = new ArrayList<>();
        attempt("result.json", problems, file -> write(file, Result::toLongJson));
        attempt("topology.json", problems, file -> write(file, Topology::of));
        attempt("samples.csv", problems, file -> {
            try (Writer csv = Files.newBufferedWriter(file)) {
                Samples.write(results, csv);
            }
        });
        attempt("index.html", problems, file -> Files.writeString(file, Page.of(results, problems::add)));
        if (!problems.isEmpty()) {
            String sentence = "the report in " + directory + " is not whole: " + String.join("; ", problems);
            throw new UncheckedIOException(sentence, new IOException(sentence));
        }
    }

    /** The boundary of a file: what cannot be written or worked out of it leaves the others whole. */
    private void attempt(String name, List<String> problems, Writing writing) {
        Path file = Objects.requireNonNull(directory).resolve(name);
        try {
            Files.createDirectories(directory); // a long run may lose it
            writing.to(file);
        } catch (IOException e) {
            problems.add(name + " cannot be written: " + why(e));
        } catch (RuntimeException e) {
            problems.add(name + " cannot be worked out: " + e);
        }
    }

    /** The exceptions of files say only the path, and what is the matter with it beside that, if at all. */
    private static String why(IOException e) {
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException there -> "there is a file of that name";
            default -> e.toString();
        };
    }

    private void write(Path file, Function<Result, JsonElement> part) throws IOException {
        JsonArray all = new JsonArray();
        results.forEach(result -> all.add(part.apply(result)));
        Files.writeString(file, GSON.toJson(all.size() == 1 ? all.get(0) : all) + "\n");
    }

    @FunctionalInterface
    private interface Writing {
        void to(Path file) throws IOException;
    }
}
