package ioverlay.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names an {@link Algorithm} that is a Declarative Services component of prototype scope. It yields both the service
 * property {@value Algorithm#NAME_PROPERTY} and, through bnd, the capability {@code ioverlay.algorithm} in the bundle's
 * manifest, so that a {@code .bndrun} can require an algorithm by name. The algorithm's version is its bundle's; the
 * capability shows the {@code @Version} of the class's package, which should be the same (bnd offers no more to an
 * annotation), or 0 where the package has none.
 *
 * <pre>
 * &#64;AlgorithmType("tree.stress")
 * &#64;Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
 * public final class StressTree extends BasicAlgorithm { … }
 * </pre>
 */
@ComponentPropertyType
@Capability(namespace = "ioverlay.algorithm", name = "${#value}", version = "${def;@version;0}")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AlgorithmType {
    /** Prefix of the service property that the annotation yields. */
    String PREFIX_ = "ioverlay.";

    /** The algorithm's name: lower-case words with dots, for example {@code tree.stress}. */
    String value();
}
