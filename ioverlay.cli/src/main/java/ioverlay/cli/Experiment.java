package ioverlay.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code overlay scenario}: has scenarios run, shows how far they are, and what came out.
 *
 * <p><b>Threads:</b> one; an interrupt ends it and removes the nodes.
 */
final class Experiment {
    private static final List<String> RESULT = List.of("scenario", "passed", "seconds");
    private static final List<String> ASSERTION = List.of("name", "expected", "measured", "tolerance", "passed");

    private final Container container;
    private final PrintStream out;
    private final boolean terminal;

    /**
     * Takes what it needs.
     *
     * @param container is asked only when the arguments are found right
     * @param terminal whether lines can be drawn over
     */
    Experiment(Container container, PrintStream out, boolean terminal) {
        this.container = container;
        this.out = out;
        this.terminal = terminal;
    }

    int run(ScenarioOptions options) throws IOException, InterruptedException {
        Optional<JsonFile> json = options.json().map(JsonFile::at);
        Scenarios.Order order = new Scenarios.Order(
                options.files(), options.report(), options.set(), options.seeds(), options.observer());
        List<JsonObject> results = new ArrayList<>(); // by and by: what is known stays known, whatever breaks after it
        try (ScenarioDisplay display = new ScenarioDisplay(out, terminal)) {
            container.scenarios().run(order, display::show, results::add);
        } catch (RefusedException e) {
            throw new UsageException(Reason.text(e));
        } catch (InterruptedException e) {
            tell(results, options, json);
            boolean whole = e.getSuppressed().length == 0;
            options.report()
                    .filter(directory -> whole)
                    .ifPresent(directory -> out.println("report, as far as it went: " + page(directory)));
            Stream.of(e.getSuppressed()).forEach(cause -> out.println(Reason.text(cause)));
            throw e;
        } catch (RuntimeException e) {
            tell(results, options, json);
            throw e;
        }
        tell(results, options, json);
        options.report().ifPresent(directory -> out.println("report: " + page(directory)));
        return results.stream().allMatch(result -> result.get("passed").getAsBoolean()) ? Overlay.OK : Overlay.FAILED;
    }

    private void tell(List<JsonObject> results, ScenarioOptions options, Optional<JsonFile> json) throws IOException {
        ResultTables tables = new ResultTables(out);
        results.forEach(tables::show);
        if (json.isPresent() && !results.isEmpty()) {
            json.get().write(plain(results, options.runs() > 1));
        }
    }

    private static Path page(Path directory) {
        return directory.resolve("index.html").toAbsolutePath().normalize();
    }

    /** What {@code --json} has of the results; an array if several were to come. */
    private static JsonElement plain(List<JsonObject> results, boolean several) {
        JsonArray all = new JsonArray();
        for (JsonObject result : results) {
            JsonObject one = picked(result, RESULT);
            JsonArray assertions = new JsonArray();
            result.getAsJsonArray("assertions")
                    .forEach(assertion -> assertions.add(picked(assertion.getAsJsonObject(), ASSERTION)));
            one.add("assertions", assertions);
            all.add(one);
        }
        return several ? all : all.get(0);
    }

    private static JsonObject picked(JsonObject from, List<String> keys) {
        JsonObject to = new JsonObject();
        keys.forEach(key -> to.add(key, from.get(key)));
        return to;
    }

    /** The container, once it has started. */
    @FunctionalInterface
    interface Container {
        Scenarios scenarios() throws InterruptedException;
    }
}
