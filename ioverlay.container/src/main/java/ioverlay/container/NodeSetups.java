package ioverlay.container;

import ioverlay.api.container.Configurations;
import ioverlay.api.container.NodeSetup;
import ioverlay.api.container.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells what nodes are made from, and changes configurations; ConfigAdmin then does with a change what it does with any.
 * ConfigAdmin, and its package, may be missing.
 */
@Component(service = Configurations.class)
public final class NodeSetups implements Configurations {
    private static final String ADMIN = "org.osgi.service.cm.ConfigurationAdmin";

    private final ConfigurationDesk desk;
    private final BundleContext context;

    /** Takes what it asks. */
    @Activate
    public NodeSetups(@Reference ConfigurationDesk desk, BundleContext context) {
        this.desk = desk;
        this.context = context;
    }

    private Optional<StoredConfigurations> stored() {
        ServiceReference<?> reference = context.getServiceReference(ADMIN);
        return Optional.ofNullable(reference)
                .flatMap(there -> Optional.ofNullable(context.getService(there)))
                .map(StoredConfigurations::new);
    }

    @Override
    public List<NodeSetup> list() {
        Map<String, NodeSetup> all = new TreeMap<>();
        NodeSetup.Source source = desk.isKept() ? NodeSetup.Source.JOURNAL : NodeSetup.Source.COMMAND;
        desk.commanded().forEach(entry -> all.put(entry.name(), SettingTexts.of(entry, source)));
        stored().map(StoredConfigurations::all).orElse(List.of()).stream()
                .map(SettingTexts::of)
                .forEach(setup -> all.put(setup.node(), setup));
        return List.copyOf(all.values());
    }

    @Override
    public Optional<NodeSetup> of(String node) {
        return list().stream().filter(setup -> setup.node().equals(node)).findFirst();
    }

    @Override
    public boolean change(String node, Map<String, List<String>> changes) {
        NodeSetup setup = of(node).orElseThrow(() -> new RefusedException("there is no node '" + node + "'"));
        StoredConfigurations configurations = stored().orElseThrow(
                        () -> new RefusedException("no configuration can be changed: there is no"
                                + " ConfigurationAdmin; org.apache.felix.configadmin is one"));
        if (setup.source() != NodeSetup.Source.CONFIGURATION) {
            throw new RefusedException("node '" + node + "' was made by a command and has no configuration to change:"
                    + " remove it and create it anew, or swap what is in its slots");
        }
        Map<String, Object> values = new HashMap<>(configurations.values(setup.pid()));
        changes.forEach((key, lines) -> SettingTexts.change(values, key, lines));
        String name = NodeValues.of(values).spec().name();
        if (!name.equals(node) && of(name).isPresent()) {
            throw new RefusedException("a node's name is unique in its container, and there is a '" + name + "'");
        }
        return configurations.update(setup.pid(), values);
    }
}
