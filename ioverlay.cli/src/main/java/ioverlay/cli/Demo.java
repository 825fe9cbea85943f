package ioverlay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code overlay demo}: a real file through a tree of live nodes, while the algorithm of every node is replaced, there and
 * back.
 *
 * <p><b>Threads:</b> one; an interrupt ends it and removes the copies.
 */
final class Demo implements DemoCommand.Demonstration {
    private static final String FIRST = "[1.0,1.1)";
    private static final String NEXT = "[1.1,1.2)";
    private static final int ROUNDS = 2;

    private final Container container;
    private final Path nextBundle;
    private final Ticker ticker;
    private final Screen screen;
    private final Up.Watching watching;
    private final Shell shell;

    /**
     * Takes what it needs.
     *
     * @param container is asked only when the arguments are found right
     * @param nextBundle the relay's next version
     * @param watching opens the observer that shows it
     * @param shell what stays open afterwards
     */
    Demo(Container container, Path nextBundle, Ticker ticker, Screen screen, Up.Watching watching, Shell shell) {
        this.container = container;
        this.nextBundle = nextBundle;
        this.ticker = ticker;
        this.screen = screen;
        this.watching = watching;
        this.shell = shell;
    }

    @Override
    public int run(DemoOptions options) throws IOException, InterruptedException {
        long fileBytes = size(options.file());
        Optional<JsonFile> json = options.json().map(JsonFile::at);
        // What the observer keeps lives as long as its page.
        Scratch observed = Scratch.open("observed");
        try {
            DemoReport report = perform(options, fileBytes, observed.directory());
            if (json.isPresent()) {
                json.get().write(report.toJson());
            }
            screen.show(report);
            if (!options.exit()) {
                shell.serve();
            }
            return report.passed() ? Overlay.OK : Overlay.FAILED;
        } finally {
            watching.end();
            observed.close();
        }
    }

    private DemoReport perform(DemoOptions options, long fileBytes, Path observed)
            throws IOException, InterruptedException {
        Tree tree = new Tree(options.nodes());
        Steering steering = container.steering();
        Scratch scratch = Scratch.open("demo");
        try {
            requireRoom(scratch.directory(), tree, fileBytes);
            String sha256 = Digests.sha256(options.file());
            Watched watched = watching.begin(Optional.empty(), options.observer(), observed);
            screen.begin(options.file(), fileBytes, sha256, tree, scratch.directory(), watched.page());
            steering.repository().add(nextBundle.toUri());
            Grove.plant(steering.nodes(), tree, FIRST);
            return flow(steering, tree, options.file(), fileBytes, sha256, scratch.directory());
        } finally {
            scratch.close();
            screen.removed(scratch.directory());
        }
    }

    private DemoReport flow(Steering steering, Tree tree, Path file, long fileBytes, String sha256, Path copies)
            throws IOException, InterruptedException {
        Pace pace = Pace.of(fileBytes, tree.receivers().size(), ROUNDS * tree.size());
        Transfer transfer =
                new Transfer(steering.nodes(), tree, new FileApplications(file.toAbsolutePath(), pace, copies));
        SwapTour tour = new SwapTour(
                steering.swaps()::swap,
                ticker,
                SwapTour.plan(tree.names(), Grove.APPLICATION, Grove.ALGORITHM, List.of(NEXT, FIRST)),
                fileBytes);
        Flow flow;
        Moment last;
        try (Display display = screen.display()) {
            flow = new Flow(transfer, tour, tree, fileBytes, ticker, display);
            last = flow.run();
        }
        Inspection inspection = new Inspection(steering.nodes(), transfer, sha256, tour.done());
        List<String> faults = new ArrayList<>(flow.faults());
        faults.addAll(inspection.failures(tree));
        return new DemoReport(
                fileBytes,
                sha256,
                inspection.rows(tree, last, flow.doneAt()),
                transfer.messages(),
                tour.done(),
                tour.planned(),
                faults);
    }

    /** The container, once it has started. */
    @FunctionalInterface
    interface Container {
        Steering steering() throws InterruptedException;
    }

    private static long size(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException("--file needs a file that can be read, not '" + file + "': " + trouble(file));
        }
        return Files.size(file);
    }

    private static String trouble(Path file) {
        if (!Files.exists(file)) {
            return "no such file";
        }
        return Files.isRegularFile(file) ? "permission denied" : "it is no regular file";
    }

    private static void requireRoom(Path directory, Tree tree, long fileBytes) throws IOException {
        long needed = fileBytes * tree.receivers().size();
        long free = Files.getFileStore(directory).getUsableSpace();
        if (needed > free) {
            throw new FailedException("The copies need " + Units.bytes(needed) + ", and " + directory.getParent()
                    + " has " + Units.bytes(free) + " left; take a smaller --file or fewer --nodes");
        }
    }
}
