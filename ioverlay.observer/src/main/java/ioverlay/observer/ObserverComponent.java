package ioverlay.observer;

import ioverlay.api.NodeId;
import ioverlay.api.observer.Observatory;
import ioverlay.api.observer.Rollouts;
import ioverlay.api.observer.Uploads;
import ioverlay.observer.web.GuardFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The observer that a configuration {@code ioverlay.observer} asks for. Its servlet is found by whatever HTTP Whiteboard is
 * there, now or later; the service {@link Observatory} is there when all else is.
 */
@Component(
        service = {},
        configurationPid = "ioverlay.observer",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ObserverComponent {
    private final Opened opened = new Opened();

    /**
     * Opens it. Where something of it does not open, nothing stays open.
     *
     * @throws IOException if it cannot listen or cannot make its directory
     * @throws ioverlay.api.container.RefusedException if a setting is wrong
     */
    @Activate
    public ObserverComponent(BundleContext context, Map<String, Object> settings) throws IOException {
        ObserverSettings read = ObserverSettings.of(settings);
        OpenObserver observer = opened.add(OpenObserver.open(read));
        try {
            register(
                    context,
                    Filter.class,
                    new GuardFilter(),
                    Map.of(
                            "osgi.http.whiteboard.filter.pattern", "/*",
                            "osgi.http.whiteboard.filter.asyncSupported", true,
                            "osgi.http.whiteboard.context.select", "(osgi.http.whiteboard.context.name=*)"));
            register(
                    context,
                    Servlet.class,
                    observer.observer().servlet(),
                    Map.of(
                            "osgi.http.whiteboard.servlet.name", "ioverlay.observer",
                            "osgi.http.whiteboard.servlet.pattern", "/*",
                            "osgi.http.whiteboard.servlet.asyncSupported", true));
            register(context, Rollouts.class, observer.observer().rollouts(), Map.of());
            register(context, Uploads.class, observer.observer().uploads(), Map.of());
            register(context, Observatory.class, new Sign(observer, read.web()), Map.of());
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private <T> void register(BundleContext context, Class<T> type, T service, Map<String, Object> properties) {
        ServiceRegistration<T> there = context.registerService(type, service, FrameworkUtil.asDictionary(properties));
        opened.add(there::unregister);
    }

    /** Closes it. */
    @Deactivate
    public void close() {
        opened.close();
    }

    /**
     * What others are told.
     *
     * @param observer that is open
     * @param web address of its page
     */
    private record Sign(OpenObserver observer, Optional<String> web) implements Observatory {
        @Override
        public NodeId listens() {
            return observer.listens();
        }

        @Override
        public Path data() {
            return observer.data();
        }
    }
}
