package ioverlay.scenario.plan;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a file is read with besides its text.
 *
 * @param variables in the place of those that the file declares
 * @param seed in the place of the file's
 * @param observer in the place of the file's
 */
public record Given(Map<String, String> variables, OptionalLong seed, Optional<URI> observer) {
    /** Nothing. */
    public static final Given NOTHING = new Given(Map.of(), OptionalLong.empty(), Optional.empty());

    /** Keeps its own map. */
    public Given {
        variables = Map.copyOf(variables);
    }

    /** Tells what there is. */
    @FunctionalInterface
    public interface Surroundings {
        /**
         * What a file can use.
         *
         * @param observer of the hosts that its nodes are on; empty if they are in this process
         * @param bundles that are deployed first
         * @throws ioverlay.api.container.RefusedException if the observer cannot be asked
         */
        Offers offers(Optional<URI> observer, List<Path> bundles);
    }
}
