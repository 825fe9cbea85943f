package ioverlay.algo.coding;

import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The network of the paper's Fig. 4(a): two streams, and no coding.
 *
 * <p><b>Behaviour:</b> the source sends even messages one way and odd ones the other. Helpers pass on what comes. The coder
 * has room for one stream and gets two: it passes on every second message of each, both of every second pair, and discards
 * the rest. All deliver each message once, as it comes. Nothing is kept; combined messages cannot be decoded.
 *
 * <p><b>Settings, status, bounds:</b> see {@link Coding}.
 *
 * <p><b>Sample:</b> the source A, with B and C next: {@code {"role": "source", "streams": [["127.0.0.1:7002"],
 * ["127.0.0.1:7003"]]}}; D: {@code {"role": "coder", "next": ["127.0.0.1:7005"]}}; F: {@code {"role": "decoder"}}.
 */
@AlgorithmType("coding.split")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class SplitCoding extends Coding {
    @Override
    Disposition code(Message message, Flow flow) {
        if (Flow.isEven(message.sequence() >>> 1)) {
            send(message, next());
        } else {
            counts().discarded++;
        }
        return decode(message, flow);
    }

    @Override
    Disposition decode(Message message, Flow flow) {
        flush(flow);
        flow.mark(message.sequence(), now());
        flow.notCoded();
        flow.moveTo(message.sequence() + 1);
        give(message);
        return Disposition.DONE;
    }

    @Override
    Disposition decodeSum(Message message) {
        counts().undecodable++;
        return Disposition.DONE;
    }

    @Override
    void ended(Flow flow) {
        flow.end();
    }

    // ---- what another algorithm has kept: delivered with the next message, or if none comes at its ticks

    @Override
    void flush(Flow flow) {
        for (Kept kept : flow.allKept()) {
            if (allowance().isLeft()) {
                giveUp(kept, flow);
            }
        }
        flow.allSums().forEach(sum -> giveUpSum(sum, flow));
    }

    @Override
    void giveUp(Kept kept, Flow flow) {
        if (!kept.isDelivered()) {
            give(kept.message());
            flow.moveTo(kept.message().sequence() + 1);
        }
        flow.drop(kept);
    }

    @Override
    void tick() {
        flows().forEach(this::flush);
        if (allowance().isLeft()) {
            cancelTimer(TICK);
        }
    }
}
