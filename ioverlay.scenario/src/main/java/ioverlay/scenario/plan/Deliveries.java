package ioverlay.scenario.plan;

import ioverlay.scenario.text.Value;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the entries of a time line bring besides what is there when the run begins: a name or version of it is no mistake.
 *
 * @param bundles files that are there; what is wrong with the others is said where they are named
 * @param isOpen whether more may come than the file tells: a rollout's version is the observer's to find
 */
record Deliveries(List<Path> bundles, boolean isOpen) {
    static Deliveries of(List<Value> timeLine, Path folder) {
        return new Deliveries(
                timeLine.stream()
                        .filter(entry -> does(entry, Verb.DEPLOY))
                        .flatMap(entry -> text(entry, "bundle").flatMap(bundle -> file(folder, bundle)).stream())
                        .toList(),
                timeLine.stream().anyMatch(entry -> does(entry, Verb.ROLLOUT)));
    }

    /** Those, and these after them. */
    List<Path> after(List<Path> first) {
        return Stream.concat(first.stream(), bundles.stream()).toList();
    }

    private static boolean does(Value entry, Verb verb) {
        return text(entry, "do").filter(verb.word()::equals).isPresent();
    }

    private static Optional<String> text(Value entry, String member) {
        return Optional.ofNullable(entry.members().get(member))
                .filter(Value::isText)
                .map(value -> value.scalar().getAsString());
    }

    private static Optional<Path> file(Path folder, String bundle) {
        try {
            return Optional.of(folder.resolve(bundle).normalize().toAbsolutePath())
                    .filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
