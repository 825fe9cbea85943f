package ioverlay.container;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of a configured node, for tools that show and edit configurations. {@link NodeValues} reads them. */
@ObjectClassDefinition(
        name = "iOverlay node",
        description = "A virtual node of this container. Changing its configuration ends the node and makes it anew.")
public @interface NodeSettings {
    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "Unique in the container: 1 to 64 letters, digits, dots, dashes and underscores."
                    + " Where it is missing, what follows ioverlay.node~ in the PID.")
    String name() default "";

    /** Shown to people. */
    @AttributeDefinition(required = false, description = "An IPv4 loopback address, as a literal.")
    String address() default "127.0.0.1";

    /** Shown to people. */
    @AttributeDefinition(required = false, description = "0 to 65535; 0 is any free one.")
    int port() default 0;

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "The window of each link and application, in bytes, 4096 to 67108864.")
    int bufferBytes() default 1 << 20;

    /** Shown to people. */
    @AttributeDefinition(required = false, description = "The largest payload it takes, in bytes, 64 to 1048576.")
    int maxPayload() default 1 << 20;

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "What it sends and receives together, in bytes per second, 100 to 10^12; no cap if missing.")
    long totalBytesPerSecond();

    /** Shown to people. */
    @AttributeDefinition(required = false, description = "What it receives, likewise.")
    long inBytesPerSecond();

    /** Shown to people. */
    @AttributeDefinition(required = false, description = "What it sends, likewise.")
    long outBytesPerSecond();

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description =
                    "Over how long a cap is kept to, in milliseconds, 1 to 1000: what is not used within it is lost.")
    int meteringMillis() default 50;

    /** Shown to people. */
    @AttributeDefinition(required = false, description = "Of emulated jitter and loss.")
    long emulationSeed() default 0;

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "One line per link and direction: to=IP:PORT or from=IP:PORT, then ;bytesPerSecond=N, and for"
                    + " to ;latencyMillis=X ;jitterMillis=X ;loss=PART."
                    + " For example: to=127.0.0.1:7001;bytesPerSecond=200000;latencyMillis=20")
    String[] links() default {};

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "A link that owes traffic and is silent for this long has failed, in milliseconds,"
                    + " 200 to 600000.")
    int inactivityMillis() default 10_000;

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "Where it is on the globe, for maps: LAT,LON or LAT,LON,LABEL."
                    + " For example: 45.5,-73.6,Montreal")
    String location();

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "The publicized port of the observer that it registers with, as 127.0.0.1:9000;"
                    + " where it is missing, the one of its container.")
    String observer();

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "One line per slot: APPLICATION=ALGORITHM, then, if wanted, ;versions=RANGE and, last,"
                    + " ;settings=JSON. For example: 0=relay;versions=[1.0,2);settings={\"next\":[\"127.0.0.1:7001\"]}")
    String[] slots() default {};

    /** Shown to people. */
    @AttributeDefinition(
            required = false,
            description = "One line per application to start: APPLICATION=TYPE, then, if wanted, ;settings=JSON."
                    + " For example: 7=sink.counting")
    String[] applications() default {};
}
