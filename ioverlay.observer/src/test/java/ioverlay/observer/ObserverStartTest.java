package ioverlay.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.history.Retention;
import ioverlay.observer.web.StillFleet;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Observers that do not open: nothing of them stays open. */
class ObserverStartTest {
    @TempDir
    private Path data;

    /** A fleet that lets so many listen. */
    private static final class Reserved extends StillFleet {
        private final int most;

        Reserved(int most) {
            this.most = most;
        }

        @Override
        public AutoCloseable listen(Listener listener) {
            if (listeners.size() == most) {
                throw new IllegalStateException("no more room to listen");
            }
            return super.listen(listener);
        }
    }

    @Test
    void what_was_opened_is_closed_again_where_the_fleet_refuses_a_listener() throws Exception {
        Reserved fleet = new Reserved(1);
        assertThatThrownBy(() -> Observer.open(fleet, data, Retention.USUAL)).hasMessage("no more room to listen");
        assertThat(fleet.listeners).isEmpty(); // the rollouts have let go of it
        open();
    }

    @Test
    void what_was_opened_is_closed_again_where_the_bundles_cannot_be_read() throws Exception {
        Path bundles = Files.writeString(data.resolve("bundles"), "no folder");
        StillFleet fleet = new StillFleet();
        assertThatThrownBy(() -> Observer.open(fleet, data, Retention.USUAL)).isInstanceOf(IOException.class);
        assertThat(fleet.listeners).isEmpty();
        Files.delete(bundles);
        open();
    }

    @Test
    void a_rollout_that_cannot_be_read_is_left_out_and_the_observer_opens() throws Exception {
        open();
        try (var connection = DriverManager.getConnection("jdbc:h2:" + data.resolve("history"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO document (kind, id, text) VALUES ('rollout', '1', '{\"id\":1,')");
        }
        open();
        try (Observer observer = Observer.open(new StillFleet(), data, Retention.USUAL)) {
            assertThat(observer.rollouts().rollouts()).isEmpty();
        }
    }

    /** The history is free, and goes on. */
    private void open() throws IOException {
        StillFleet fleet = new StillFleet();
        try (Observer observer = Observer.open(fleet, data, Retention.USUAL)) {
            Fleet.Listener last = fleet.listeners.getLast();
            last.happened(new Happening(Instant.EPOCH, "x", "", "", "", "it is open", new JsonObject()));
            assertThat(observer.web()).isNotNull();
        }
        assertThat(fleet.listeners).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void a_component_whose_services_are_refused_leaves_no_service_no_port_and_no_directory_taken(int allowed)
            throws Exception {
        List<Object> registered = new ArrayList<>();
        InetSocketAddress where = ofItsOwn();
        Map<String, Object> settings = Map.of("listen", NodeId.of(where).toString(), "data", data.toString());

        assertThatThrownBy(() -> new ObserverComponent(context(registered, allowed), settings))
                .hasMessage("the bundle is stopping");

        assertThat(registered).isEmpty();
        try (ServerSocket free = new ServerSocket()) {
            free.bind(where);
        }
        ObserverComponent component = new ObserverComponent(context(registered, 5), settings);
        assertThat(registered).hasSize(5);
        component.close();
        assertThat(registered).isEmpty();
    }

    /** An address that nobody else is given, also not while nobody listens there. */
    private static InetSocketAddress ofItsOwn() {
        ThreadLocalRandom any = ThreadLocalRandom.current();
        return new InetSocketAddress(
                InetAddress.ofLiteral(
                        "127." + any.nextInt(1, 255) + "." + any.nextInt(256) + "." + any.nextInt(1, 255)),
                any.nextInt(10_000, 30_000));
    }

    /** A framework that registers so many services and not one more. */
    private static BundleContext context(List<Object> registered, int allowed) {
        return proxy(BundleContext.class, (method, arguments) -> {
            if (!method.equals("registerService") || registered.size() == allowed) {
                throw new IllegalStateException("the bundle is stopping");
            }
            Object service = arguments[1];
            registered.add(service);
            return proxy(ServiceRegistration.class, (unregister, none) -> registered.remove(service));
        });
    }

    private interface Call {
        Object answer(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = call.answer(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }
}
