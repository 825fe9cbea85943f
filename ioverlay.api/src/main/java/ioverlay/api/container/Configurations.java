package ioverlay.api.container;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What nodes are made from, and how that is changed. An OSGi service.
 *
 * <p><b>Threads:</b> any.
 */
@ProviderType
public interface Configurations {
    /** Every node, and every configuration that makes none, by name. */
    List<NodeSetup> list();

    /** What a node is made from; also of one that is not there because its configuration is wrong or it waits. */
    Optional<NodeSetup> of(String node);

    /**
     * Changes a node's configuration, as a change of its file would: once this has returned the node ends and is made anew,
     * on another thread; the events {@code node.configured} and {@code node.refused} say what became of it.
     *
     * @param node its name
     * @param changes the new values of each setting: one, or a line each for {@code slots} and {@code applications}; none
     *     takes the setting out of the configuration, so that its default counts
     * @return false if all of it was so already; nothing happens then
     * @throws RefusedException with the rule and the value, if a value is wrong or a setting does not exist, if the node is
     *     unknown or a command made it, if there is no ConfigurationAdmin; nothing was changed
     */
    boolean change(String node, Map<String, List<String>> changes);
}
