package ioverlay.container.shadow;

import static ioverlay.container.shadow.FakeSlot.NEXT;
import static ioverlay.container.shadow.FakeSlot.data;
import static ioverlay.container.shadow.FakeSlot.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.Disposition;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRun;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a shadow run begins and ends, and that it always does. */
@Timeout(60)
class ShadowEndsTest {
    private static final String THREAD = "overlay-shadow-n1-7";

    private Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private void shortLimits() {
        stage.close();
        stage = new Stage(new FakeSlot(), Stage.SHORT);
    }

    private void feed(int calls) {
        for (int at = 1; at <= calls; at++) {
            stage.slot.called(data(at), Disposition.DONE, given(NEXT));
        }
    }

    @Test
    void it_ends_when_its_time_is_up() throws Exception {
        FakeLoan loan = new FakeLoan(new Relaying() {
            @Override
            public void restore(State state, WrittenBy writtenBy) {
                feed(10); // before its time begins, which a busy machine may take from us
            }
        });
        ShadowRun run = stage.shadows.start(Stage.request(Duration.ofMillis(20)), stage.slot, () -> loan);
        ShadowReport report = stage.ending(run);

        assertThat(report.ended()).isEqualTo("its time of 20 ms is up");
        assertThat(report.compared()).isEqualTo(10);
        assertThat(stage.slot.isTapped()).isFalse();
        assertThat(loan.back.getCount()).isZero();
        assertThat(run.soFar()).isEqualTo(report);
    }

    @Test
    void it_is_ended_once_and_its_end_is_called() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        ShadowRun run = stage.start(new Relaying() {
            @Override
            public void end() {
                ends.incrementAndGet();
                throw new IllegalStateException("not even that");
            }
        });
        run.stop();
        run.stop();
        stage.ending(run);
        run.stop();

        assertThat(ends).hasValue(1);
        assertThat(stage.told).extracting(Stage.Told::kind).containsExactly("shadow.started", "shadow.ended");
    }

    @Test
    void it_ends_when_the_slot_is_served_by_another() throws Exception {
        ShadowRun run = stage.start(new Relaying());
        feed(3);
        stage.slot.swapped();

        ShadowReport report = stage.ending(run);
        assertThat(report.ended()).isEqualTo("the version that serves was swapped, parked or removed");
        assertThat(report.compared()).isEqualTo(3);
    }

    @Test
    void it_ends_with_the_node() throws Exception {
        ShadowRun run = stage.start(new Relaying());
        stage.slot.there = false;

        assertThat(stage.ending(run).ended()).isEqualTo("the version that serves was swapped, parked or removed");
    }

    @Test
    void it_has_left_when_the_stop_of_its_bundle_goes_on() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        FakeLoan loan = new FakeLoan(new Relaying() {
            @Override
            public void end() {
                ended.set(true);
            }
        });
        ShadowRun run = stage.start(loan);
        feed(5);
        loan.withdraw();

        assertThat(ended).isTrue();
        assertThat(stage.ending(run).ended()).startsWith("the bundle of relay 1.1.0 was stopped");
    }

    @Test
    void the_events_tell_it_in_a_sentence_and_in_json() throws Exception {
        ShadowRun run = stage.start(new Relaying((self, message) -> Disposition.DONE));
        feed(2);
        stage.stop(run);

        assertThat(stage.told.getFirst().sentence()).isEqualTo("relay 1.1.0 in the shadow of 1.0.0");
        assertThat(stage.told.getFirst().detail())
                .hasToString("{\"application\":\"7\",\"algorithm\":\"relay\",\"live\":\"1.0.0\",\"shadow\":\"1.1.0\"}");
        assertThat(stage.told.getLast().sentence())
                .isEqualTo("relay 1.1.0 in the shadow of 1.0.0: 2 calls compared, 2 differed, 0 failed, 0 missed;"
                        + " it was stopped");
        String json = stage.told.getLast().detail().toString().replaceAll("(shadowTurnNanos\":)\\d+", "$1n");
        assertThat(json)
                .startsWith("{\"node\":\"n1\",\"application\":\"7\",\"algorithm\":\"relay\",\"versions\":\"[1.1,2)\","
                        + "\"millis\":60000,\"live\":\"1.0.0\",\"shadow\":\"1.1.0\",\"compared\":2,\"differed\":2,"
                        + "\"failed\":0,\"missed\":0,\"liveTurnNanos\":100,\"shadowTurnNanos\":n,\"examples\":[{"
                        + "\"message\":\"data 1 of application 7 of 127.0.0.1:7001, \\\"payload 1\\\", from"
                        + " 127.0.0.1:7001\",\"live\":[\"to 127.0.0.1:7002: data 1")
                .contains("\"shadow\":[\"sent nothing\"]}")
                .endsWith("],\"ended\":\"it was stopped\"}");
    }

    @Test
    void what_does_not_fit_is_missed_to_the_call_and_the_report_says_what_that_means() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        ShadowRun run = stage.start(new Relaying((self, message) -> {
            busy.countDown();
            go.await();
            self.pass(message);
            return Disposition.DONE;
        }));
        feed(1);
        busy.await();
        feed(5000);
        assertThat(run.soFar().missed()).isEqualTo(5000 - 1024);
        go.countDown();
        ShadowReport report = stage.stop(run);

        assertThat(report.missed()).isEqualTo(5000 - 1024);
        assertThat(report.compared()).isEqualTo(1025);
        assertThat(report.differed()).isZero();
        assertThat(report.ended())
                .isEqualTo("it was stopped; 3976 messages were missed, and since the first of them the states of the"
                        + " two may have drifted apart");
    }

    @Test
    void copies_are_bounded_in_bytes() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        ShadowRun run = stage.start(new Relaying((self, message) -> {
            busy.countDown();
            go.await();
            return Disposition.DONE;
        }));
        feed(1);
        busy.await();
        byte[] megabyte = new byte[1 << 20];
        for (int at = 0; at < 40; at++) {
            stage.slot.called(
                    ioverlay.api.Message.builder(NEXT, 1).payload(megabyte).build(), Disposition.DONE);
        }
        go.countDown();

        assertThat(stage.stop(run).missed()).isEqualTo(40 - 15); // 16 of them and their headers are above 16 MiB
    }

    @Test
    void a_turn_never_waits_for_a_shadow_that_hangs() throws Exception {
        shortLimits();
        CountDownLatch interrupted = new CountDownLatch(1);
        FakeLoan loan = new FakeLoan(new Relaying((self, message) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Disposition.DONE;
        }));
        ShadowRun run = stage.start(loan);
        feed(3000);
        ShadowReport report = stage.ending(run);

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(report.ended()).startsWith("a call did not end within 100 ms, it was at ");
        assertThat(report.compared()).isLessThanOrEqualTo(1);
        assertThat(loan.back.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_shadow_that_cannot_be_ended_is_left_behind_and_named() throws Exception {
        shortLimits();
        AtomicBoolean go = new AtomicBoolean();
        FakeLoan loan = new FakeLoan(new Relaying((self, message) -> {
            while (!go.get()) {
                Thread.onSpinWait();
            }
            return Disposition.DONE;
        }));
        ShadowRun run = stage.start(loan);
        feed(10);
        ShadowReport report = stage.ending(run);
        go.set(true);

        assertThat(report.missed()).isEqualTo(10);
        assertThat(report.compared()).isZero();
        assertThat(report.ended())
                .contains("its thread " + THREAD + " could not be ended and is left behind")
                .contains("10 messages were missed");
        assertThat(loan.back.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(run.soFar()).isEqualTo(report); // what it finds later does not count
    }

    @Test
    void an_end_that_hangs_does_not_keep_the_report() throws Exception {
        shortLimits();
        ShadowRun run = stage.start(new Relaying() {
            @Override
            public void end() {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        feed(10);

        assertThat(stage.stop(run).compared()).isEqualTo(10);
    }

    @Test
    void a_slot_has_one_shadow_at_a_time() throws Exception {
        ShadowRun first = stage.start(new Relaying());
        assertThatThrownBy(() -> stage.start(new Relaying()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("slot 7 of n1 has a shadow already; stop it first");
        stage.stop(first);
        stage.slot.calls = 0;
        stage.stop(stage.start(new Relaying()));
    }

    @Test
    void a_container_has_sixteen_shadows_at_most() throws Exception {
        List<ShadowRun> runs = new ArrayList<>();
        for (int at = 0; at < Shadows.MOST; at++) {
            FakeLoan loan = new FakeLoan(new Relaying());
            runs.add(stage.shadows.start(Stage.request(Duration.ofMinutes(1)), new FakeSlot("n" + at), () -> loan));
        }
        FakeSlot one = new FakeSlot("one");
        FakeLoan loan = new FakeLoan(new Relaying());
        assertThatThrownBy(() -> stage.shadows.start(Stage.request(Duration.ofMinutes(1)), one, () -> loan))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at most 16 shadows");
        stage.shadows.close();
        for (ShadowRun run : runs) {
            assertThat(run.report().get(10, TimeUnit.SECONDS).ended()).isEqualTo("it was stopped");
        }
        assertThatThrownBy(() -> stage.start(new Relaying()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("the container is closing");
    }

    private void assertRefused(FakeLoan loan, String sentence) throws Exception {
        assertThatThrownBy(() -> stage.start(loan))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(sentence);
        assertThat(loan.back.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stage.slot.isTapped()).isFalse();
        assertThat(stage.told).isEmpty();
        stage.stop(next()); // nothing is left that is in the way of the next one
    }

    /** Starts one; where little time is given to begin, a busy machine may need more than one attempt. */
    private ShadowRun next() {
        for (int more = 20; true; more--) {
            try {
                return stage.start(new Relaying());
            } catch (RefusedException e) {
                assertThat(e).hasMessageContaining("did not begin within");
                assertThat(more).as("attempts left").isPositive();
            }
        }
    }

    @Test
    void one_that_does_not_begin_is_refused_with_its_reason() throws Exception {
        assertRefused(
                new FakeLoan(new Relaying() {
                    @Override
                    public void check() {
                        throw new IllegalStateException("the moon is not full");
                    }
                }),
                "the moon is not full");
    }

    @Test
    void one_that_vetoes_the_state_is_refused_with_its_reason() throws Exception {
        assertRefused(
                new FakeLoan(new Relaying() {
                    @Override
                    public void restore(State state, WrittenBy writtenBy) {
                        throw new IllegalArgumentException("cannot read what " + writtenBy.version() + " wrote");
                    }
                }),
                "cannot read what 1.0.0 wrote");
    }

    @Test
    void one_that_hangs_when_it_begins_is_refused_in_time() throws Exception {
        stage.close();
        Duration soon = Duration.ofMillis(100);
        Limits impatient = new Limits(10, 1000, 1000, soon, soon, soon, soon, soon);
        stage = new Stage(new FakeSlot(), impatient);
        assertRefused(
                new FakeLoan(new Relaying() {
                    @Override
                    public void begin(Place place) {
                        super.begin(place);
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }),
                "did not begin within 100 ms");
    }

    @Test
    void a_version_that_is_not_there_is_refused_as_it_was_said() throws Exception {
        RefusedException said = new RefusedException("no algorithm 'relay' in versions [1.1,2) is here");
        assertThatThrownBy(() -> stage.shadows.start(Stage.request(Duration.ofMinutes(1)), stage.slot, () -> {
                    throw said;
                }))
                .isSameAs(said);
        stage.stop(stage.start(new Relaying()));
    }

    @Test
    void an_exception_that_hangs_when_it_is_told_keeps_nobody_waiting() throws Exception {
        shortLimits();
        ShadowRun run = stage.start(new Relaying((self, message) -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1;

                @Override
                public String getMessage() {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return "never said";
                }
            };
        }));
        feed(10);
        assertThat(run.soFar().compared()).isZero();
        ShadowReport report = stage.ending(run);

        assertThat(report.ended()).startsWith("a call did not end within 100 ms");
        assertThat(report.examples()).isEmpty();
    }

    @Test
    void a_tap_never_throws() throws Exception {
        ShadowRun run = stage.start(new Relaying());
        Passing ended = new Passing(data(1));
        ended.end();
        stage.slot.called(ended, Disposition.DONE, List.of());
        feed(1);
        ShadowReport report = stage.stop(run);

        assertThat(report.missed()).isEqualTo(1);
        assertThat(report.compared()).isEqualTo(1);
    }

    @Test
    void a_run_that_is_over_holds_no_instance() throws Exception {
        ShadowRun run = over();
        WeakReference<Object> instance = last;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (instance.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }

        assertThat(instance.get()).isNull();
        assertThat(run.soFar().compared()).isEqualTo(1);
    }

    private WeakReference<Object> last = new WeakReference<>(new Object());

    private ShadowRun over() throws Exception {
        Relaying shadow = new Relaying();
        last = new WeakReference<>(shadow);
        ShadowRun run = stage.shadows.start(Stage.request(Duration.ofMinutes(1)), stage.slot, lending(shadow));
        feed(1);
        stage.stop(run);
        return run;
    }

    /** As the container's: gives up the instance when it is given back. */
    private static Lender lending(Relaying shadow) {
        FakeLoan loan = new FakeLoan(shadow);
        return () -> loan;
    }
}
