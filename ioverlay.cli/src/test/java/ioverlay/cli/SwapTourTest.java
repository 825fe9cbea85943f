package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwapTourTest {
    private final FakeTicker ticker = new FakeTicker();
    private final FakeContainer container = new FakeContainer(ticker);
    private final List<SwapRequest> plan =
            SwapTour.plan(List.of("n1", "n2"), 1, "relay", List.of("[1.1,1.2)", "[1.0,1.1)"));
    private final SwapTour tour = new SwapTour(container::swap, ticker, plan, 1000);

    @Test
    void theTourVisitsEveryNodeThereAndThenBack() {
        assertThat(plan).extracting(SwapRequest::node).containsExactly("n1", "n2", "n1", "n2");
        assertThat(plan)
                .extracting(SwapRequest::versions)
                .containsExactly("[1.1,1.2)", "[1.1,1.2)", "[1.0,1.1)", "[1.0,1.1)");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 10, 1000, 150_000_000, 1L << 50})
    void everySwapIsDueAfterTheFirstByteAndBeforeTheLast(long fileBytes) {
        SwapTour any = new SwapTour(container::swap, ticker, plan, fileBytes);

        assertThat(IntStream.range(0, 4).mapToLong(any::dueAt).toArray())
                .isSorted()
                .satisfies(due -> assertThat(due[0]).isPositive())
                .satisfies(due -> assertThat(due[3]).isLessThan(fileBytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void aFileWithoutAnInBetweenIsSwappedAtOnce(long fileBytes) {
        assertThat(new SwapTour(container::swap, ticker, plan, fileBytes).dueAt(3))
                .isZero();
    }

    @Test
    void nothingIsSwappedBeforeItIsDue() {
        tour.look(true, () -> tour.dueAt(0) - 1);

        assertThat(container.requested).isEmpty();
    }

    @Test
    void nothingIsSwappedOnceTheSourceHasFinished() {
        tour.look(false, () -> 1000);

        assertThat(container.requested).isEmpty();
    }

    @Test
    void oneSwapIsUnderWayAtATime() {
        List<CompletableFuture<SwapResult>> running = new ArrayList<>();
        SwapTour slow = new SwapTour(
                request -> {
                    running.add(new CompletableFuture<>());
                    return running.getLast();
                },
                ticker,
                plan,
                1000);

        slow.look(true, () -> 999);
        slow.look(true, () -> 999);
        assertThat(running).hasSize(1);
        assertThat(slow.node()).isEqualTo("n1");

        running.getFirst().complete(container.swap(plan.getFirst()).join());
        slow.look(true, () -> 999);
        assertThat(running).hasSize(2);
        assertThat(slow.node()).isEqualTo("n2");
    }

    @Test
    void whatHadBeenSentIsReadWhenTheSwapIsSeenToBeOver() {
        tour.look(true, () -> 100);
        tour.look(true, () -> 130);

        assertThat(tour.done()).singleElement().extracting(Swapped::atByte).isEqualTo(130L);
    }

    @Test
    void aSwapThatDoesNotEndFailsWithTheNodesName() throws InterruptedException {
        SwapTour stuck = new SwapTour(request -> new CompletableFuture<>(), ticker, plan, 1000);
        stuck.look(true, () -> 999);
        ticker.pause(SwapTour.PATIENCE.plus(Duration.ofMillis(1)));

        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> stuck.look(true, () -> 999))
                .withMessageContaining("n1 has not ended within 30 s");
    }

    @Test
    void theVersionAtEachNodeIsKnown() {
        tour.look(true, () -> 999);
        tour.look(true, () -> 999);
        assertThat(tour.onNext(List.of("n1", "n2"))).containsExactly(true, false);

        IntStream.range(0, 3).forEach(look -> tour.look(true, () -> 999));
        assertThat(tour.onNext(List.of("n1", "n2"))).containsExactly(false, false);
        assertThat(tour.done()).hasSize(4);
    }
}
