package ioverlay.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
                options.files(), options.report(), options.set(), options.seed(), options.observer());
        List<JsonObject> results;
        try (ScenarioDisplay display = new ScenarioDisplay(out, terminal)) {
            results = container.scenarios().run(order, display::show);
        } catch (RefusedException e) {
            throw new UsageException(Reason.text(e));
        } catch (InterruptedException e) {
            options.report().ifPresent(directory -> out.println("report, as far as it went: " + page(directory)));
            throw e;
        }
        if (json.isPresent()) {
            json.get().write(plain(results));
        }
        ResultTables tables = new ResultTables(out);
        results.forEach(tables::show);
        options.report().ifPresent(directory -> out.println("report: " + page(directory)));
        return results.stream().allMatch(result -> result.get("passed").getAsBoolean()) ? Overlay.OK : Overlay.FAILED;
    }

    private static Path page(Path directory) {
        return directory.resolve("index.html").toAbsolutePath().normalize();
    }

    /** What {@code --json} has of the results; an array if there are several. */
    private static JsonElement plain(List<JsonObject> results) {
        JsonArray all = new JsonArray();
        for (JsonObject result : results) {
            JsonObject one = picked(result, RESULT);
            JsonArray assertions = new JsonArray();
            result.getAsJsonArray("assertions")
                    .forEach(assertion -> assertions.add(picked(assertion.getAsJsonObject(), ASSERTION)));
            one.add("assertions", assertions);
            all.add(one);
        }
        return all.size() == 1 ? all.get(0) : all;
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
