package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:shadow}. */
@CommandLine.Command(
        name = "shadow",
        description = "Runs a version beside the one that serves, compares what both send, and reports. The node does"
                + " not notice. Ctrl-C ends it early.",
        footer = {"", "Gives a ShadowReport."})
final class ShadowCommand extends Command {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long END_LIMIT_S = 30;

    @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or its address and port.")
    private String node = "";

    @Parameters(index = "1", paramLabel = "ALGORITHM", description = "Its name.")
    private String algorithm = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "VERSIONS", description = "Which one, as for swap.")
    private String versions = "0";

    @Option(names = "--slot", paramLabel = "APP", description = "Which slot. Default: the only one.")
    private String slot = "";

    @Option(names = "--for", paramLabel = "TIME", description = "How long, 1ms to 24h. Default: 10s.")
    private String time = "10s";

    @Override
    Object run(Container container, Here here) {
        NodeStatus status = Names.node(container.nodes(), node);
        ShadowRun run = container
                .swaps()
                .shadow(new ShadowRequest(
                        status.name(),
                        Names.slot(status, slot).application(),
                        algorithm,
                        Texts.versions(versions),
                        Texts.span(time)));
        CompletableFuture<ShadowReport> report = run.report();
        try (Progress progress = Progress.at(here);
                Interruption interruption = Interruption.at(here)) {
            while (!report.isDone() && interruption.await(report, LOOK)) {
                ShadowReport soFar = run.soFar();
                progress.show(status.name() + ": compared " + soFar.compared() + ", differed " + soFar.differed()
                        + ", failed " + soFar.failed() + ", missed " + soFar.missed());
            }
        } finally {
            run.stop();
        }
        return end(report);
    }

    private static ShadowReport end(CompletableFuture<ShadowReport> report) {
        try {
            return report.get(END_LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("cancelled", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new Failed("the shadow has ended without a report", e);
        }
    }
}
