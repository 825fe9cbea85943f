package ioverlay.container;

import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Why a component gave no instance. The registry only says that there is none; its runtime remembers what was thrown. */
final class Activation {
    private static final String CAUSE = "Caused by: ";
    private static final String REFLECTION = "java.lang.reflect.InvocationTargetException";

    private Activation() {}

    /** What the constructor or the activation of the component behind a service threw, or nothing. */
    static Optional<String> failure(BundleContext context, ServiceReference<?> service) {
        try {
            return remembered(context, service);
        } catch (NoClassDefFoundError e) {
            return Optional.empty(); // the import is optional: nobody runs components here
        }
    }

    private static Optional<String> remembered(BundleContext context, ServiceReference<?> service) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
        Bundle bundle = service.getBundle();
        if (runtime == null || bundle == null) {
            return Optional.empty();
        }
        try {
            return runtime.getComponentDescriptionDTOs(bundle).stream()
                    .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
                    .filter(component -> is(component, service))
                    .flatMap(component -> Stream.ofNullable(component.failure))
                    .map(Activation::cause)
                    .findFirst();
        } finally {
            context.ungetService(reference);
        }
    }

    private static boolean is(ComponentConfigurationDTO component, ServiceReference<?> service) {
        return component.service != null
                && service.getProperty(Constants.SERVICE_ID) instanceof Long id
                && component.service.id == id;
    }

    /** The innermost exception of a stack trace: what is around it is only how it was called. */
    private static String cause(String stackTrace) {
        return stackTrace
                .lines()
                .filter(line -> !line.startsWith("\t") && !line.isBlank())
                .map(line -> line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line)
                .filter(line -> !line.equals(REFLECTION))
                .reduce((outer, inner) -> inner)
                .orElse(stackTrace);
    }
}
