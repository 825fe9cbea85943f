package ioverlay.cli;

import ioverlay.api.container.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The demo's main loop: watches the file flow, sends the swaps on their way, and shows both.
 *
 * <p><b>Threads:</b> one.
 */
final class Flow {
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int STEPS_PER_LOOK = 10;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Transfer transfer;
    private final SwapTour tour;
    private final Tree tree;
    private final long fileBytes;
    private final Ticker ticker;
    private final Display display;
    private final Speedometer speed = new Speedometer();
    private final Map<String, Double> doneAt = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    Flow(Transfer transfer, SwapTour tour, Tree tree, long fileBytes, Ticker ticker, Display display) {
        this.transfer = transfer;
        this.tour = tour;
        this.tree = tree;
        this.fileBytes = fileBytes;
        this.ticker = ticker;
        this.display = display;
    }

    /**
     * Runs until every receiver is done and no swap is under way, or something does not move any more.
     *
     * @return the last moment
     * @throws InterruptedException if the container ends meanwhile
     */
    Moment run() throws InterruptedException {
        long began = ticker.now();
        transfer.begin();
        Moment moment = transfer.look(() -> {});
        try {
            Patience patience = new Patience(ticker);
            moment = look(began, true);
            while (!moment.finished() || tour.isRunning()) {
                boolean flowing = !moment.sourceFinished();
                for (int step = 0; step < STEPS_PER_LOOK; step++) {
                    ticker.pause(STEP);
                    tour.look(flowing, transfer::sentBytes);
                }
                moment = look(began, flowing);
                patience.look(moment);
            }
        } catch (FailedException | RefusedException e) {
            // The demo has failed; what there is is inspected and reported all the same.
            faults.add(Reason.text(e));
        }
        return moment;
    }

    private Moment look(long began, boolean flowing) {
        Moment moment = transfer.look(() -> tour.look(flowing, transfer::sentBytes));
        double seconds = (ticker.now() - began) / NANOS_PER_SECOND;
        if (moment.sourceFinished()) {
            doneAt.putIfAbsent(Tree.name(Tree.ROOT), seconds);
        }
        moment.receivers().stream()
                .filter(Moment.Receiver::finished)
                .forEach(receiver -> doneAt.putIfAbsent(receiver.node(), seconds));
        long least = moment.leastBytes();
        display.show(new Snapshot(
                seconds,
                least,
                fileBytes,
                speed.read(seconds, least),
                tour.done().size(),
                tour.planned(),
                tour.node(),
                tour.onNext(tree.names())));
        return moment;
    }

    /** When each node that is done was, in seconds since the start. */
    Map<String, Double> doneAt() {
        return Map.copyOf(doneAt);
    }

    /** What went wrong, a sentence each. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
