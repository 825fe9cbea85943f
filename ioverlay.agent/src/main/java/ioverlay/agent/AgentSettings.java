package ioverlay.agent;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Whom the nodes of a container register with, for tools that show and edit configurations. */
@ObjectClassDefinition(
        name = "iOverlay agent",
        description = "Registers the nodes of this container with their observer, and has them obey it.")
public @interface AgentSettings {
    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "The publicized port of the observer, as 127.0.0.1:9000, of all nodes that have none of"
                    + " their own. A loopback address until lines are encrypted.")
    String observer() default "";
}
