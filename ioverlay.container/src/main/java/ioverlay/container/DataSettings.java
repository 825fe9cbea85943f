package ioverlay.container;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where a container keeps what outlives it, for tools that show and edit configurations. */
@ObjectClassDefinition(
        name = "iOverlay data directory",
        description = "Nodes that commands made, the version of each slot and the bundles come back from there.")
public @interface DataSettings {
    /** Shown to people. */
    @AttributeDefinition(description = "A directory; it is made if it is not there, and belongs to one container.")
    String directory();
}
