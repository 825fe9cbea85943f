package ioverlay.container;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** What Declarative Services say of a bundle's components, if they are there. */
final class Components {
    private final BundleContext context;

    Components(BundleContext context) {
        this.context = context;
    }

    /** A sentence for each component that does not do what it should. */
    List<String> faults(Bundle bundle) {
        try {
            ServiceReference<ServiceComponentRuntime> reference =
                    context.getServiceReference(ServiceComponentRuntime.class);
            ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
            return runtime == null ? List.of() : faults(runtime, bundle);
        } catch (NoClassDefFoundError e) {
            return List.of(); // the import is optional: nobody runs components here
        }
    }

    private static List<String> faults(ServiceComponentRuntime runtime, Bundle bundle) {
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream()
                        .flatMap(configuration -> fault(component, configuration)))
                .toList();
    }

    private static Stream<String> fault(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        String name = "its component " + component.name;
        return switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Stream.of(name + " failed in its activation: " + firstLine(configuration.failure));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                Stream.of(name + " waits for its configuration " + String.join(", ", component.configurationPid));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Stream.of(configuration.unsatisfiedReferences)
                        .map(reference -> name + " waits for a service for its reference " + reference.name
                                + (reference.target == null ? "" : " with " + reference.target));
            default -> Stream.empty();
        };
    }

    private static String firstLine(@Nullable String failure) {
        return failure == null || failure.isBlank()
                ? "the log says why"
                : failure.lines().findFirst().orElse(failure);
    }
}
