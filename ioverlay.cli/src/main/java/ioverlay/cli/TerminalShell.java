package ioverlay.cli;

import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The Felix shell at a terminal. Its bundle is installed but held back by its start level, so that it does not take the
 * terminal before it is wanted; starting it opens the shell, and leaving the shell stops the framework.
 */
final class TerminalShell implements Shell {
    private static final String BUNDLE = "org.apache.felix.gogo.jline";
    private static final int STARTED_LEVEL = 1;

    private final BundleContext context;

    TerminalShell(BundleContext context) {
        this.context = context;
    }

    @Override
    public End serve() {
        Bundle shell = Arrays.stream(context.getBundles())
                .filter(bundle -> BUNDLE.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(
                        () -> new FailedException("There is no shell: the bundle " + BUNDLE + " is not installed"));
        shell.adapt(BundleStartLevel.class).setStartLevel(STARTED_LEVEL);
        return Standstill.untilInterrupted();
    }
}
