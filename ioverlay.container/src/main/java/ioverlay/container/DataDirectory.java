package ioverlay.container;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Gives the container its data directory when the configuration {@code ioverlay.data} arrives. It stays that one until the
 * container ends.
 */
@Component(
        service = {},
        configurationPid = DataDirectory.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DataSettings.class)
public final class DataDirectory {
    static final String PID = "ioverlay.data";

    private static final Logger LOG = System.getLogger(DataDirectory.class.getName());

    /** Opens it. */
    @Activate
    public DataDirectory(@Reference ConfigurationDesk desk, Map<String, Object> values) {
        String directory = String.valueOf(values.get("directory"));
        try {
            desk.keepIn(Path.of(directory));
        } catch (InvalidPathException e) {
            LOG.log(Level.WARNING, "configuration {0}: a data directory is a path, not ''{1}''", PID, directory);
        }
    }
}
