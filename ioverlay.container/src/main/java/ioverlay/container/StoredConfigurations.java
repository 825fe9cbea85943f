package ioverlay.container;

import ioverlay.api.container.RefusedException;
import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The nodes' configurations in ConfigAdmin. Only who has that service may load this class. */
final class StoredConfigurations {
    private static final String NODES = "(service.factoryPid=" + NodeValues.PID + ")";

    private final ConfigurationAdmin admin;

    StoredConfigurations(Object admin) {
        this.admin = (ConfigurationAdmin) admin;
    }

    /** The values of each. */
    List<Map<String, Object>> all() {
        return found(NODES).map(StoredConfigurations::values).toList();
    }

    /** The values of one; empty if it has just been deleted. */
    Map<String, Object> values(String pid) {
        return found(filter(pid)).findFirst().map(StoredConfigurations::values).orElse(Map.of());
    }

    /**
     * Gives one new values.
     *
     * @return false if it had these already
     * @throws RefusedException if it has been deleted, or ConfigAdmin cannot write it down
     */
    boolean update(String pid, Map<String, Object> values) {
        Configuration configuration = found(filter(pid))
                .findFirst()
                .orElseThrow(() -> new RefusedException("the configuration " + pid + " has just been deleted"));
        try {
            return configuration.updateIfDifferent(FrameworkUtil.asDictionary(values));
        } catch (IOException | IllegalStateException e) {
            throw new RefusedException("the configuration " + pid + " is not changed: " + Reason.of(e), e);
        }
    }

    private static String filter(String pid) {
        return "(&" + NODES + "(" + Constants.SERVICE_PID + "=" + pid.replaceAll("([\\\\*()])", "\\\\$1") + "))";
    }

    private Stream<Configuration> found(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? Stream.empty() : Stream.of(found);
        } catch (IOException e) {
            throw new RefusedException("the configurations cannot be read: " + Reason.of(e), e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // what could break it is escaped
        }
    }

    private static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> values = new HashMap<>();
        Dictionary<String, Object> stored = configuration.getProperties();
        if (stored != null) {
            Collections.list(stored.keys()).forEach(key -> values.put(key, stored.get(key)));
        }
        values.put(Constants.SERVICE_PID, configuration.getPid());
        return values;
    }
}
