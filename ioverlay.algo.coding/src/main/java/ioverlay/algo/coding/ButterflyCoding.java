package ioverlay.algo.coding;

import ioverlay.algo.coding.Flow.Verdict;
import ioverlay.algo.coding.Sum.Part;
import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Place;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Network coding in the butterfly of the paper's Fig. 4(b).
 *
 * <p><b>Behaviour:</b> source and helpers as {@link SplitCoding}. The coder keeps each message of one stream until its
 * partner of the other is there, and passes on one message for both, a+b in GF(2^8). A decoder keeps what it gets of its one
 * stream until a combination with it comes, and takes that apart; messages and combinations may come in any order. Both
 * deliver in the order of the numbers. Who waits longer than {@code waitMillis} is helped, if the other stream has gone on
 * without what is missing, or does not go on at all: a message whose partner does not come is passed on alone, a combination without any part is dropped, and delivery goes on beyond a number that is missing;
 * if that comes after all it is delivered late.
 *
 * <p><b>Pollution:</b> a combination carries the checksums of both parts. What does not fit is not delivered but counted,
 * with the neighbour whose link brought it.
 *
 * <p><b>Settings, status, bounds:</b> see {@link Coding}. Over a swap, also to {@code coding.split}, goes all that is kept.
 */
@AlgorithmType("coding.butterfly")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class ButterflyCoding extends PatientCoding {
    @SuppressWarnings("NullAway.Init") // set in begin, before anything else
    private Mixer mixer;

    @Override
    public void begin(Place place) {
        super.begin(place);
        mixer = new Mixer(settings().kernel());
    }

    @Override
    Disposition code(Message message, Flow flow) {
        Kept kept = keep(message, flow);
        long partner = Flow.partner(message.sequence());
        Optional<Kept> other = flow.kept(partner).filter(there -> !there.isPaired());
        if (other.isPresent()) {
            combine(kept, other.get());
            other.get().paired();
            kept.paired();
            flow.settle(other.get());
        } else if (flow.isSeen(partner)) {
            passAlone(kept); // the partner could not wait
        }
        return placed(kept, flow);
    }

    private void combine(Kept one, Kept other) {
        boolean isFirst = Flow.isEven(one.message().sequence());
        Message even = isFirst ? one.message() : other.message();
        Message odd = isFirst ? other.message() : one.message();
        Sum sum = new Sum(Part.of(even), Part.of(odd));
        send(
                Message.builder(even.sender(), Sum.TYPE | (even.type() & odd.type() & MessageType.LIVE))
                        .application(even.application())
                        .sequence(even.sequence())
                        .payload(mixer.sum(sum, even, odd))
                        .build(),
                next());
        counts().combined++;
    }

    @Override
    Disposition decode(Message message, Flow flow) {
        Kept kept = keep(message, flow);
        pair(kept, flow);
        return placed(kept, flow);
    }

    private Kept keep(Message message, Flow flow) {
        flow.mark(message.sequence(), now());
        Kept kept = Kept.held(message, now());
        flow.keep(kept);
        return kept;
    }

    /** A message is new at a decoder: it may be what a combination has waited for. */
    private void pair(Kept kept, Flow flow) {
        long sequence = kept.message().sequence();
        long partner = Flow.partner(sequence);
        Optional<Kept> sum = flow.sum(Flow.even(sequence));
        if (flow.isSeen(partner)) {
            kept.paired();
            flow.kept(partner).ifPresent(other -> {
                other.paired();
                flow.settle(other);
            });
        } else if (sum.isPresent()) {
            takeApart(sum.get().message(), Sum.read(sum.get().message()), kept, flow);
        }
        if (sum.isPresent()) {
            flow.dropSum(Flow.even(sequence));
        }
    }

    @Override
    Disposition decodeSum(Message message) {
        Sum sum;
        try {
            sum = Sum.read(message);
        } catch (IllegalArgumentException e) {
            fault("malformed", message.from(), String.valueOf(e.getMessage()));
            return Disposition.DONE;
        }
        long even = sum.even().sequence();
        long odd = sum.odd().sequence();
        Flow flow = flow(message.sender());
        Verdict first = judge(flow, even);
        Verdict second = judge(flow, odd);
        if (first == Verdict.FAR || second == Verdict.FAR) {
            fault("far", message.from(), "a combination of " + even + " and " + odd + ", far from what is due");
            return Disposition.DONE;
        }
        flow.coded(even);
        if ((first == Verdict.REPEATED && second == Verdict.REPEATED)
                || flow.sum(even).isPresent()) {
            counts().repeated++;
        } else if (first == Verdict.NEW && second == Verdict.NEW) {
            flow.keepSum(even, Kept.held(message, now()));
            startTicking();
            return Disposition.HOLD;
        } else {
            Optional<Kept> known = flow.kept(first == Verdict.NEW ? odd : even);
            known.ifPresentOrElse(kept -> takeApart(message, sum, kept, flow), () -> counts().undecodable++);
            known.ifPresent(flow::settle);
            giveUpMissing(flow);
            deliverInOrder(flow);
        }
        return Disposition.DONE;
    }

    /** Makes of a combination and the part that is there the other one. */
    private void takeApart(Message combined, Sum sum, Kept kept, Flow flow) {
        Message known = kept.message();
        Part has = sum.part(known.sequence());
        Part missing = sum.part(Flow.partner(known.sequence()));
        if (has.type() != known.type() || !has.is(known.segment())) {
            String sentence = "number " + known.sequence() + " is not what the combination of " + combined.from()
                    + " was made of, and came from " + known.from();
            fault("contradicted", combined.from(), sentence);
            return;
        }
        Optional<ByteBuffer> payload = mixer.missing(sum, combined, missing, has, known.segment());
        if (payload.isEmpty()) {
            fault("corrupt", combined.from(), "number " + missing.sequence() + " does not have its checksum");
            return;
        }
        Message decoded = Message.builder(known.sender(), missing.type())
                .application(known.application())
                .sequence(missing.sequence())
                .payload(payload.get())
                .build();
        flow.mark(missing.sequence(), now());
        Kept other = Kept.built(decoded, now());
        flow.keep(other);
        other.paired();
        kept.paired();
        counts().decoded++;
        if (flow.isPast(missing.sequence())) {
            deliverOne(other, flow);
        }
    }

    /** A new message has been paired, or not: it is delivered in its turn, and kept as long as it is of use. */
    private Disposition placed(Kept kept, Flow flow) {
        if (flow.isPast(kept.message().sequence())) {
            deliverOne(kept, flow);
        } else {
            deliverInOrder(flow);
        }
        flow.settle(kept);
        giveUpMissing(flow); // here rather than at a tick: what a message causes waits in its place
        deliverInOrder(flow);
        if (!flow.isEmpty()) {
            startTicking();
        }
        return flow.keeps(kept.message()) ? Disposition.HOLD : Disposition.DONE;
    }
}
