package ioverlay.observer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Home;
import ioverlay.observer.fleet.Member;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** The observer as its configuration says; its servlet is found by whatever HTTP Whiteboard is there. */
@Component(
        service = {},
        configurationPid = "ioverlay.observer",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ObserverComponent {
    private final Observer observer;
    private final ServiceRegistration<Servlet> servlet;

    /** Opens it. */
    @Activate
    public ObserverComponent(BundleContext context, Map<String, Object> settings) {
        observer = new Observer(new Nobody());
        Dictionary<String, Object> properties = FrameworkUtil.asDictionary(Map.of(
                "osgi.http.whiteboard.servlet.name", "ioverlay.observer",
                "osgi.http.whiteboard.servlet.pattern", "/*",
                "osgi.http.whiteboard.servlet.asyncSupported", true));
        servlet = context.registerService(Servlet.class, observer.servlet(), properties);
    }

    /** Closes it. */
    @Deactivate
    public void close() {
        servlet.unregister();
        observer.close();
    }

    /** Stands for the fleet until there is one. */
    private static final class Nobody implements Fleet {
        @Override
        public List<Member> members() {
            return List.of();
        }

        @Override
        public Optional<Member> member(String node) {
            return Optional.empty();
        }

        @Override
        public List<Home> homes() {
            return List.of();
        }

        @Override
        public CompletableFuture<JsonElement> order(NodeId node, JsonObject command, String who) {
            return CompletableFuture.failedFuture(new RefusedException("no node has registered"));
        }

        @Override
        public CompletableFuture<JsonElement> orderHome(String home, JsonObject command, String who) {
            return CompletableFuture.failedFuture(new RefusedException("no container has a line"));
        }

        @Override
        public CompletableFuture<JsonElement> bring(String home, Path bundle, String sha256, String who) {
            return CompletableFuture.failedFuture(new RefusedException("no container has a line"));
        }

        @Override
        public AutoCloseable listen(Listener listener) {
            return () -> {};
        }
    }
}
