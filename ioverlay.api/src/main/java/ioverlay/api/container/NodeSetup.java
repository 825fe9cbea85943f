package ioverlay.api.container;

import java.util.List;

/**
 * What a node is made from.
 *
 * @param node its name
 * @param source where that stands
 * @param pid of its configuration; empty where it has none
 * @param settings all that a node has, in the order of {@code docs/nodes.md}
 */
public record NodeSetup(String node, Source source, String pid, List<Setting> settings) {
    /** Keeps its own list. */
    public NodeSetup {
        settings = List.copyOf(settings);
    }

    /** Where it stands what a node is to be. */
    public enum Source {
        /** In a configuration: it can be changed. */
        CONFIGURATION,
        /** In the journal: a command made it, and it comes back after a restart. */
        JOURNAL,
        /** Nowhere: a command made it, and it ends with the container. */
        COMMAND
    }

    /**
     * One setting.
     *
     * @param key as in a configuration
     * @param values one; for {@code slots} and {@code applications} as many as it has
     * @param isDefault whether nobody has set it
     */
    public record Setting(String key, List<String> values, boolean isDefault) {
        /** Keeps its own list. */
        public Setting {
            values = List.copyOf(values);
        }
    }
}
