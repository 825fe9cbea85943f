package ioverlay.shell;

import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:app}. */
@CommandLine.Command(
        name = "app",
        description = "Starts and stops applications at a node.",
        synopsisSubcommandLabel = "start|stop",
        subcommands = {AppCommand.Start.class, AppCommand.Stop.class})
final class AppCommand extends Command {
    @Override
    Object run(Container container, Here here) {
        throw new Failed("app is start or stop: overlay:app start NODE TYPE APP, overlay:app stop NODE APP");
    }

    /** {@code overlay:app start}. */
    @CommandLine.Command(
            name = "start",
            description = "Starts an application.",
            footer = {"", "Gives the node's NodeStatus."})
    static final class Start extends Command {
        @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
        private String node = "";

        @Parameters(index = "1", paramLabel = "TYPE", description = "The application's name, as sink.counting.")
        private String type = "";

        @Parameters(index = "2", paramLabel = "APP", description = "The id that its messages carry, not 0.")
        private String application = "";

        @Option(names = "--settings", paramLabel = "JSON", description = "Its settings.")
        private @Nullable String settings;

        @Override
        Object run(Container container, Here here) {
            NodeStatus status = Names.node(container.nodes(), node);
            JsonObject given = settings == null ? new JsonObject() : Texts.settings(settings);
            container.nodes().start(status.name(), new ApplicationSpec(type, Texts.application(application, 1), given));
            return Names.node(container.nodes(), status.name());
        }
    }

    /** {@code overlay:app stop}. */
    @CommandLine.Command(
            name = "stop",
            description = "Ends an application.",
            footer = {"", "Gives the node's NodeStatus."})
    static final class Stop extends Command {
        @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
        private String node = "";

        @Parameters(index = "1", paramLabel = "APP", description = "The id that its messages carry.")
        private String application = "";

        @Override
        Object run(Container container, Here here) {
            NodeStatus status = Names.node(container.nodes(), node);
            container.nodes().stop(status.name(), Texts.application(application, 1));
            return Names.node(container.nodes(), status.name());
        }
    }
}
