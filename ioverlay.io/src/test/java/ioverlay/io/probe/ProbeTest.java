package ioverlay.io.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ioverlay.api.NodeId;
import ioverlay.io.opening.Dialler;
import ioverlay.io.probe.Conditions.Terms;
import ioverlay.io.shared.Clock;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A probe against peers that keep to the rules, and against those that do not. */
class ProbeTest {
    private static final NodeId SELF = NodeId.parse("127.0.0.1:7000");
    private static final long OPEN_MS = 600;
    private static final int ROUNDS = 5;
    private static final Conditions FREE = (peer, outward, bytes) -> Terms.NONE;

    private final Clock clock = new Clock();
    private final Probe probe = new Probe(
            new Dialler(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), clock, 256 << 10, OPEN_MS),
            clock);

    @AfterEach
    void close() {
        clock.close();
    }

    private static Conditions capped(long bytesPerSecond) {
        return (peer, outward, bytes) -> new Terms(bytesPerSecond, 0, 0);
    }

    private static Peer honest(Conditions conditions) {
        Probed probed = new Probed();
        return new Peer((channel, frames) -> probed.answer(channel, SELF, SELF, conditions));
    }

    private double rate(Peer peer, Conditions own) throws IOException {
        return probe.measure(peer.id(), Peer.hello(SELF), true, own)
                .bytesPerSecond()
                .orElseThrow();
    }

    /** The failure, which comes in time. */
    private String failure(Peer peer, Conditions own) {
        String sentence = failureWithin(2 * OPEN_MS, () -> rate(peer, own));
        assertThat(sentence).contains(peer.id().toString());
        return sentence;
    }

    /** The best of a few: a busy machine makes a failure later, never earlier. */
    private static String failureWithin(long millis, ThrowingCallable measurement) {
        StringBuilder sentence = new StringBuilder();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && best >= TimeUnit.MILLISECONDS.toNanos(millis); round++) {
            sentence.setLength(0);
            long start = System.nanoTime();
            assertThatThrownBy(measurement)
                    .isInstanceOf(IOException.class)
                    .satisfies(e -> sentence.append(e.getMessage()));
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(best).isLessThan(TimeUnit.MILLISECONDS.toNanos(millis));
        return sentence.toString();
    }

    @Test
    void without_a_bandwidth_the_round_trip_is_measured_alone() throws IOException {
        try (Peer peer = honest(FREE)) {
            Probe.Findings found = probe.measure(peer.id(), Peer.hello(SELF), false, FREE);
            assertThat(found.roundTripMicros()).isPositive();
            assertThat(found.bytesPerSecond()).isEmpty();
        }
    }

    /** The best of a few: a busy machine makes a round trip longer, never shorter. */
    private double roundTripMicros(Peer peer, Conditions own, double atMost) throws IOException {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 4 * ROUNDS && best >= atMost; round++) {
            best = Math.min(
                    best, probe.measure(peer.id(), Peer.hello(SELF), false, own).roundTripMicros());
        }
        return best;
    }

    @Test
    void the_least_of_three_round_trips_counts() throws IOException {
        try (Peer peer = new Peer((channel, frames) -> {
            for (long millis : new long[] {30, 5, 15}) {
                frames.expect(LinkType.ECHO);
                frames.await(System.nanoTime() + millis * 1_000_000, true);
                frames.write(LinkType.ECHO_REPLY, frames.sequence());
            }
        })) {
            assertThat(roundTripMicros(peer, FREE, 6_000)).isBetween(5_000.0, 6_000.0);
        }
    }

    @Test
    void a_peer_that_answers_no_echo_fails_within_the_time_of_one_opening() {
        try (Peer peer = new Peer((channel, frames) -> {})) {
            assertThat(failureWithin(OPEN_MS, () -> probe.measure(peer.id(), Peer.hello(SELF), false, FREE)))
                    .contains("no answer within 570 ms");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 200000, 200000", "200000, 0, 200000", "300000, 100000, 100000", "2000, 50000, 2000"})
    void the_least_cap_of_the_way_is_found_within_ten_percent(long own, long theirs, long expected) throws IOException {
        try (Peer peer = honest(capped(theirs))) {
            double rate = rate(peer, capped(own));
            for (int more = 3; more > 0 && Math.abs(rate - expected) > 0.1 * expected; more--) {
                rate = rate(peer, capped(own)); // a thread that comes late makes a train slower, never faster
            }
            System.out.println("caps " + own + " and " + theirs + ": measured " + Math.round(rate));
            assertThat(rate).isCloseTo((double) expected, withinPercentage(10));
        }
    }

    /** A peer that says 1,000,000 and takes its trains one after the other at these rates, and no more than these. */
    private static Peer changing(long... rates) {
        AtomicInteger trains = new AtomicInteger();
        return honest((peer, outward, bytes) -> {
            if (!outward && bytes > 0 && trains.get() >= rates.length) {
                throw new IOException("there is no train " + trains);
            }
            return new Terms(!outward && bytes > 0 ? rates[trains.getAndIncrement()] : 1_000_000, 0, 0);
        });
    }

    @ParameterizedTest
    @CsvSource({"400000, 200000", "940000, 900000"})
    void a_train_that_a_busy_host_made_late_is_sent_again_and_the_fastest_counts(long first, long second)
            throws IOException {
        double rate = 0;
        for (int round = 0; round < 3 && rate < 950_000; round++) {
            try (Peer peer = changing(first, second, 1_000_000)) {
                rate = Math.max(rate, rate(peer, FREE));
            }
        }
        assertThat(rate).isBetween(950_000.0, 1_000_000.0);
    }

    @ParameterizedTest
    @CsvSource({"400000, 200000, 400000", "400000, 0, 400000"})
    void another_train_that_is_slower_or_fails_takes_nothing_from_the_first(long first, long second, double expected)
            throws IOException {
        double rate = 0;
        for (int round = 0; round < 3 && rate < 0.9 * expected; round++) {
            try (Peer peer = second == 0 ? changing(first) : changing(first, second)) {
                rate = Math.max(rate, rate(peer, FREE));
            }
        }
        assertThat(rate).isCloseTo(expected, withinPercentage(10));
    }

    @Test
    void a_way_without_caps_is_as_fast_as_it_is() throws IOException {
        try (Peer peer = honest(FREE)) {
            assertThat(rate(peer, FREE)).isBetween(1e5, 1e11);
        }
    }

    @Test
    void latency_of_both_ends_is_part_of_the_round_trip() throws IOException {
        Conditions late = (peer, outward, bytes) -> new Terms(0, 0, 10_000_000);
        try (Peer peer = honest(late)) {
            assertThat(roundTripMicros(peer, late, 21_000)).isBetween(20_000.0, 21_000.0);
        }
    }

    @Test
    void a_peer_without_an_answer_fails_in_time() {
        try (Peer peer = new Peer((channel, frames) -> {})) {
            assertThat(failure(peer, FREE)).contains("no answer within 960 ms");
        }
    }

    private static void echoes(Frames frames) throws IOException {
        for (int i = 0; i < 3; i++) {
            frames.expect(LinkType.ECHO);
            frames.write(LinkType.ECHO_REPLY, frames.sequence());
        }
    }

    @Test
    void a_peer_that_closes_in_between_is_a_failure() {
        try (Peer peer = new Peer((channel, frames) -> {
            echoes(frames);
            channel.close();
        })) {
            assertThat(failure(peer, FREE)).contains("cannot be measured");
        }
    }

    @Test
    void an_echo_that_is_answered_before_it_was_asked_is_none() {
        try (Peer peer = new Peer((channel, frames) -> {
            for (int i = 1; i <= 3; i++) {
                frames.write(LinkType.ECHO_REPLY, i);
            }
        })) {
            assertThat(failure(peer, FREE)).contains("another number");
        }
    }

    @Test
    void rubbish_is_a_failure() {
        try (Peer peer = new Peer((channel, frames) -> channel.write(ByteBuffer.wrap(
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 127, 22, 23, 24
                })))) {
            assertThat(failure(peer, FREE)).contains("at most 8192 bytes");
        }
    }

    @Test
    void an_endless_answer_is_a_failure() {
        try (Peer peer = new Peer((channel, frames) -> {
            echoes(frames);
            while (channel.isOpen()) {
                frames.write(LinkType.CAR, 0, 0, 8000, 0, 0);
            }
        })) {
            assertThat(failure(peer, FREE)).contains("answered with type 0xc00c");
        }
    }

    @Test
    void a_peer_that_is_busy_for_ever_fails_in_time() {
        try (Peer peer = new Peer((channel, frames) -> {
            echoes(frames);
            while (frames.read() == LinkType.TRAIN) {
                Train.busy(frames);
            }
        })) {
            assertThat(failure(peer, FREE)).contains("no answer within");
        }
    }

    @Test
    void a_cap_below_zero_is_a_failure() {
        try (Peer peer = new Peer((channel, frames) -> {
            echoes(frames);
            frames.read();
            frames.write(LinkType.TRAIN, Long.MIN_VALUE);
        })) {
            assertThat(failure(peer, FREE)).contains("capped at " + Long.MIN_VALUE);
        }
    }

    /** Takes the train as it should, and then says something else of it. */
    private static Peer liar(long moreBytes, long spanNs, long otherProof) {
        return new Peer((channel, frames) -> {
            echoes(frames);
            frames.read();
            frames.write(LinkType.TRAIN, 0);
            long proof = 0;
            long bytes = 0;
            do {
                frames.expect(LinkType.CAR);
                proof ^= frames.sequence();
                bytes += frames.bytes();
            } while (frames.application() != 0);
            frames.write(LinkType.ARRIVED, 0, proof ^ otherProof, 16, bytes + moreBytes, spanNs);
        });
    }

    @ParameterizedTest
    @CsvSource({"1000, 0", "-1, 0", "0, 1"})
    void a_wrong_count_or_proof_is_a_failure(long moreBytes, long otherProof) {
        try (Peer peer = liar(moreBytes, 1_000_000, otherProof)) {
            assertThat(failure(peer, FREE)).contains("does not know all of them");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MIN_VALUE, Long.MAX_VALUE})
    void a_time_that_cannot_be_is_a_failure(long spanNs) {
        try (Peer peer = liar(0, spanNs, 0)) {
            assertThat(failure(peer, FREE)).contains("within " + spanNs + " ns");
        }
    }

    @Test
    void nobody_is_faster_than_the_train_was_sent() throws IOException {
        try (Peer peer = liar(0, 1, 0)) {
            assertThat(rate(peer, capped(100_000))).isLessThan(101_000);
        }
    }

    @Test
    void a_wait_at_the_own_caps_ends_with_the_deadline() {
        Conditions late = (peer, outward, bytes) -> new Terms(0, TimeUnit.MINUTES.toNanos(1), 0);
        try (Peer peer = honest(FREE)) {
            assertThat(failure(peer, late)).contains("no answer within");
        }
    }

    @Test
    void a_latency_beyond_the_deadline_ends_with_it() {
        Conditions late = (peer, outward, bytes) -> new Terms(0, 0, TimeUnit.MINUTES.toNanos(1));
        try (Peer peer = honest(FREE)) {
            assertThat(failure(peer, late)).contains("no answer within");
        }
    }

    @Test
    void a_way_too_slow_for_three_round_trips_is_measured_by_one() throws IOException {
        Conditions late = (peer, outward, bytes) -> new Terms(0, 0, 900_000_000);
        Probe patient = new Probe(
                new Dialler(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), clock, 256 << 10, 5_000),
                clock);
        try (Peer peer = honest(late)) {
            assertThat(patient.measure(peer.id(), Peer.hello(SELF), false, late).roundTripMicros())
                    .isBetween(1_800_000.0, 2_500_000.0);
        }
    }

    @Test
    void who_sends_more_than_a_train_is_shown_out() throws Exception {
        assertThat(isShownOut(FREE, (channel, frames) -> {
                    frames.write(LinkType.TRAIN, 0);
                    while (true) {
                        frames.write(LinkType.CAR, 1, 0, 8000, 0, 0);
                    }
                }))
                .isTrue();
    }

    /** Else 64,000 bytes at 2,000 a second would hold its place, and all that shares the cap, for half a minute. */
    @Test
    void who_sends_more_than_the_cap_asks_for_is_shown_out_and_charged_nothing() throws Exception {
        AtomicInteger charged = new AtomicInteger();
        Conditions slow = (peer, outward, bytes) -> {
            charged.addAndGet(bytes);
            return new Terms(2_000, 0, 0);
        };
        assertThat(isShownOut(slow, (channel, frames) -> {
                    frames.write(LinkType.TRAIN, 0);
                    for (int left = 7; left >= 0; left--) {
                        frames.write(LinkType.CAR, left, 0, 7_900, 0, 0);
                    }
                    frames.read();
                    frames.read();
                }))
                .isTrue();
        assertThat(charged).hasValue(0);
    }

    /** Whether the receiver's side of a train ends in time, whatever the sender does; once of a few times is enough. */
    private boolean isShownOut(Conditions conditions, Peer.Script script) throws Exception {
        boolean inTime = false;
        for (int round = 0; round < ROUNDS && !inTime; round++) {
            inTime = isShownOutOnce(conditions, script);
        }
        return inTime;
    }

    private boolean isShownOutOnce(Conditions conditions, Peer.Script script) throws Exception {
        Probed probed = new Probed();
        CountDownLatch over = new CountDownLatch(1);
        try (Peer sender = new Peer(script)) {
            Thread.ofVirtual().start(() -> {
                try (SocketChannel channel = SocketChannel.open()) {
                    new Dialler(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), clock, 64 << 10, OPEN_MS)
                            .connect(channel, sender.id(), Peer.hello(SELF));
                    probed.answer(channel, SELF, sender.id(), conditions);
                    over.countDown();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return over.await(OPEN_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void a_second_train_comes_after_the_first() throws Exception {
        boolean both = false;
        for (int round = 0; round < ROUNDS && !both; round++) { // on a busy machine the second may wait too long
            both = trainsAtOnce() == 2;
        }
        assertThat(both).isTrue();
    }

    /** How many of two that begin together are measured; never two at a time. */
    private int trainsAtOnce() throws Exception {
        AtomicInteger under = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger measured = new AtomicInteger();
        Conditions watching = (peer, outward, bytes) -> {
            if (!outward) {
                most.accumulateAndGet(bytes == 0 ? under.incrementAndGet() : under.getAndDecrement(), Math::max);
            }
            return new Terms(0, 0, 0);
        };
        try (Peer peer = honest(watching)) {
            Thread[] both = new Thread[2];
            for (int i = 0; i < both.length; i++) {
                both[i] = Thread.ofVirtual().start(() -> {
                    try {
                        measured.addAndGet(rate(peer, capped(200_000)) > 0 ? 1 : 0);
                    } catch (IOException e) {
                        System.out.println("not measured: " + e.getMessage());
                    }
                });
            }
            for (Thread each : both) {
                each.join();
            }
        }
        assertThat(measured.get() < 2 || most.get() == 1)
                .as("%d at a time", most.get())
                .isTrue();
        return measured.get();
    }
}
