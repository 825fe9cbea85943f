package ioverlay.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names an {@link Application} that is a Declarative Services component of prototype scope: the service property
 * {@value Application#NAME_PROPERTY} and the capability {@code ioverlay.application}, as {@link AlgorithmType} does for
 * algorithms.
 */
@ComponentPropertyType
@Capability(namespace = "ioverlay.application", name = "${#value}", version = "${def;@version;0}")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ApplicationType {
    /** Prefix of the service property that the annotation yields. */
    String PREFIX_ = "ioverlay.";

    /** The application's name: lower-case words with dots, for example {@code file.source}. */
    String value();
}
