package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Algorithm;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

final class ChooserTest {
    private static final long ID = 7;

    private final Bundle bundle = pretend(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
        case "getBundleId" -> ID;
        case "getSymbolicName" -> "relay";
        case "getVersion" -> new Version("1.0.0");
        default -> throw new AssertionError(method);
    });

    private final ServiceReference<?> reference =
            pretend(ServiceReference.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getBundle" -> bundle;
                case "getProperty" ->
                    arguments[0].equals(Constants.SERVICE_SCOPE) ? Constants.SCOPE_PROTOTYPE : "relay";
                case "hashCode" -> 1;
                case "equals" -> arguments[0] instanceof ServiceReference; // there is only one
                case "compareTo" -> 0;
                default -> throw new AssertionError(method);
            });

    private final Catalogue<Algorithm> catalogue = new Catalogue<>(
            pretend(BundleContext.class, (proxy, method, arguments) -> List.of(reference)),
            Algorithm.class,
            Algorithm.NAME_PROPERTY,
            "algorithm");

    private static <T> T pretend(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    @Test
    void a_version_that_is_hidden_for_a_moment_again_and_again_is_always_found() throws Exception {
        Chooser chooser = new Chooser(new Present(), catalogue, unneeded -> {});
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger hidden = new AtomicInteger();
        Thread retiring = Thread.ofPlatform().start(() -> {
            while (!enough.get()) {
                if (catalogue.bar(bundle)) {
                    hidden.incrementAndGet();
                    LockSupport.parkNanos(20_000);
                    catalogue.unbar(ID);
                    LockSupport.parkNanos(20_000); // seen by whoever waits, on one processor too
                }
            }
        });
        try {
            for (int at = 0; at < 20_000; at++) {
                chooser.choose("relay", Ranges.ANY).close();
            }
        } finally {
            enough.set(true);
            retiring.join();
        }
        assertThat(hidden.get()).isPositive();
    }

    /** Only what is there. */
    private final class Present implements Supply {
        @Override
        public Source<Algorithm> highest(String name, VersionRange range) {
            return catalogue.highest(name, range);
        }

        @Override
        public void keep(Bundle kept) {}
    }
}
