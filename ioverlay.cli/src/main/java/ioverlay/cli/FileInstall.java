package ioverlay.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * Felix fileinstall, which watches a directory for configurations. Its bundle is installed but held back by its start
 * level, so that it watches nothing before it knows where.
 */
final class FileInstall {
    private static final String BUNDLE = "org.apache.felix.fileinstall";
    private static final int STARTED_LEVEL = 1;

    private final BundleContext context;
    private final Services services;

    FileInstall(BundleContext context, Services services) {
        this.context = context;
        this.services = services;
    }

    /** From now on makes the directory's files configurations, and follows their changes within about a second. */
    void follow(Path directory) throws InterruptedException {
        ConfigFiles files = new ConfigFiles(services.one(ConfigurationAdmin.class));
        context.registerService(ArtifactInstaller.class, files, null);
        context.registerService(SynchronousConfigurationListener.class, files, null);
        settings(directory).forEach(System::setProperty);
        Arrays.stream(context.getBundles())
                .filter(bundle -> BUNDLE.equals(bundle.getSymbolicName()))
                .findFirst()
                .map(bundle -> bundle.adapt(BundleStartLevel.class))
                .orElseThrow(() -> new FailedException(
                        "Nobody reads " + directory + ": the bundle " + BUNDLE + " is not installed"))
                .setStartLevel(STARTED_LEVEL);
    }

    private static Map<String, String> settings(Path directory) {
        return Map.of(
                "felix.fileinstall.dir", directory.toString(),
                "felix.fileinstall.filter", ".*\\.cfg\\.json",
                "felix.fileinstall.subdir.mode", "skip",
                "felix.fileinstall.enableConfigSave", "false",
                "felix.fileinstall.noInitialDelay", "true",
                "felix.fileinstall.poll", "1000");
    }
}
