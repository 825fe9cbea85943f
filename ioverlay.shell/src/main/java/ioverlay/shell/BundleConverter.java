package ioverlay.shell;

import java.util.Arrays;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Finds the bundle that a person means with a number or a symbolic name, for the commands of Felix that take bundles, as
 * {@code felix:stop 7} and {@code headers ioverlay.app}. Of several versions of a name it is the highest.
 */
final class BundleConverter implements Converter {
    private final BundleContext context;

    BundleConverter(BundleContext context) {
        this.context = context;
    }

    @Override
    public @Nullable Object convert(Class<?> desiredType, Object in) {
        if (desiredType != Bundle.class) {
            return null;
        }
        String said = in.toString();
        return said.matches("\\d{1,18}") ? context.getBundle(Long.parseLong(said)) : named(said);
    }

    private @Nullable Bundle named(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .max((one, other) -> one.getVersion().compareTo(other.getVersion()))
                .orElse(null);
    }

    @Override
    public @Nullable CharSequence format(Object target, int level, Converter escape) {
        return null;
    }
}
