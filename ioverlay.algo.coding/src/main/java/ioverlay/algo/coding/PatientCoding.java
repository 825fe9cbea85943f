package ioverlay.algo.coding;

import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps messages: delivers them in the order of their numbers, and gives up what has waited long enough. */
abstract class PatientCoding extends Coding {
    private static final int TICKS_PER_WAIT = 8;

    private static final Duration SOON = Duration.ofMillis(5);
    private static final int MOST_REFUSED = 256;

    private boolean isTicking;
    private boolean isFull;
    private final List<Refused> refused = new ArrayList<>();

    /** What is to be sent again when there is room. */
    private record Refused(Message message, NodeId destination) {}

    /** A coder has no partner for it. */
    final void passAlone(Kept kept) {
        send(kept.message(), next());
        allowance().spend(kept.message());
        counts().alone++;
        kept.paired();
    }

    final void deliverInOrder(Flow flow) {
        for (Optional<Kept> kept = flow.nextInOrder();
                kept.isPresent() && allowance().isLeft();
                kept = flow.nextInOrder()) {
            deliverOne(kept.get(), flow);
        }
    }

    final void deliverOne(Kept kept, Flow flow) {
        give(kept.message());
        kept.delivered();
        flow.moveTo(kept.message().sequence() + 1);
        flow.settle(kept);
    }

    // ---- what has waited long enough

    final void startTicking() {
        if (!isTicking) {
            isTicking = true;
            timer(TICK, tickEvery(), tickEvery());
        }
    }

    private Duration tickEvery() {
        return patience().dividedBy(TICKS_PER_WAIT);
    }

    @Override
    void tick() {
        if (isFull) {
            return;
        }
        boolean isIdle = true;
        for (Flow flow : flows()) {
            deliverInOrder(flow);
            giveUpPartners(flow);
            giveUpMissing(flow);
            isIdle &= flow.isEmpty();
        }
        if (!allowance().isLeft()) {
            timer(TICK, SOON, tickEvery()); // there is more
        }
        if (isIdle) {
            isTicking = false;
            cancelTimer(TICK);
        }
    }

    private void giveUpPartners(Flow flow) {
        for (Kept kept : flow.allKept()) {
            long partner = Flow.partner(kept.message().sequence());
            if (allowance().isLeft() && !kept.isPaired() && hasWaited(kept, flow) && isHopeless(partner, flow)) {
                giveUpPartner(kept);
                flow.settle(kept);
            }
        }
        for (Kept sum : flow.allSums()) {
            long even = Flow.even(sum.message().sequence());
            if (hasWaited(sum, flow) && isHopeless(even, flow) && isHopeless(Flow.partner(even), flow)) {
                giveUpSum(sum, flow);
            }
        }
    }

    private boolean isHopeless(long sequence, Flow flow) {
        return flow.isHopeless(sequence, patience().toNanos(), now());
    }

    private boolean hasWaited(Kept kept, Flow flow) {
        return flow.hasEnded() || kept.isOlderThan(patience().toNanos(), now());
    }

    private void giveUpPartner(Kept kept) {
        if (settings().role() == Role.CODER) {
            passAlone(kept);
        }
        kept.paired();
    }

    /** Goes on beyond what is missing, one number at a time, where something has waited for it long enough. */
    final void giveUpMissing(Flow flow) {
        while (allowance().isLeft()
                && flow.firstWaiting()
                        .filter(first -> flow.isLeftOut(flow.next()) || hasWaited(first, flow))
                        .isPresent()
                && (flow.nextInOrder().isPresent() || isHopeless(flow.next(), flow))) {
            if (flow.nextInOrder().isEmpty()) {
                counts().skipped += flow.moveTo(flow.next() + 1);
            }
            deliverInOrder(flow);
        }
    }

    private void skipTo(Kept kept, Flow flow) {
        counts().skipped += flow.moveTo(kept.message().sequence());
        deliverOne(kept, flow);
    }

    @Override
    void ended(Flow flow) {
        flow.end();
        if (!flow.isEmpty()) {
            startTicking();
        }
    }

    // ---- what could not be sent at a tick

    @Override
    void refused(NodeId destination, Optional<Message> message) {
        isFull = true;
        message.filter(subject -> !MessageType.isControl(subject.type())).ifPresent(subject -> {
            if (refused.size() < MOST_REFUSED) {
                refused.add(new Refused(subject.copy(), destination));
            } else {
                counts().expired++;
            }
        });
    }

    @Override
    void room() {
        isFull = false;
        List<Refused> again = List.copyOf(refused);
        refused.clear();
        again.forEach(message -> send(message.message(), message.destination()));
    }

    @Override
    void giveUp(Kept kept, Flow flow) {
        if (!kept.isPaired()) {
            giveUpPartner(kept);
        }
        // In order, however old: what comes before it goes first.
        for (Optional<Kept> first = flow.firstWaiting();
                !kept.isDelivered() && first.isPresent() && allowance().isLeft();
                first = flow.firstWaiting()) {
            skipTo(first.get(), flow);
        }
        flow.settle(kept);
    }

    @Override
    void flush(Flow flow) {
        flow.allKept().forEach(kept -> giveUp(kept, flow));
        flow.allSums().forEach(sum -> giveUpSum(sum, flow));
    }

    @Override
    void restored() {
        isTicking = false;
        flows().forEach(flow -> {
            if (!flow.isEmpty()) {
                startTicking();
            }
        });
    }
}
