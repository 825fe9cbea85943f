package ioverlay.container.shadow;

import ioverlay.api.Algorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.engine.Tap;
import ioverlay.engine.Tapped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * The instance in the shadow, called as the engine would call it.
 *
 * <p><b>Threads:</b> the shadow's.
 */
final class Understudy {
    private static final Logger LOG = System.getLogger(Understudy.class.getName());

    private final Algorithm instance;
    private final Subject subject;
    private final Staged staged;
    private final Held held;
    private final ShadowPlace place;

    /** What one call answered and sent; the sends are valid until the next call. */
    record Answer(Disposition disposition, List<Tap.Sent> sends) {}

    Understudy(Algorithm instance, Subject subject, long heldBytes) {
        this.instance = instance;
        this.subject = subject;
        this.staged = new Staged(subject.self());
        this.held = new Held(heldBytes);
        this.place = new ShadowPlace(subject, staged, held);
    }

    /** What it sends meanwhile is discarded: the version that serves has sent it long ago. */
    void begin() throws Exception {
        staged.open();
        try {
            instance.begin(place);
            instance.check();
        } finally {
            staged.close();
        }
    }

    void takeOver(Tapped from) throws Exception {
        place.random(from.random());
        from.held().forEach(copy -> held.hold(lent(copy, Optional.empty())));
        place.showHeld();
        staged.open();
        try {
            instance.restore(from.state(), from.writtenBy());
        } finally {
            staged.close();
        }
    }

    private Lent lent(Message copy, Optional<Message> about) {
        return new Lent(copy, about, staged);
    }

    /** Gives it what the version that serves was given; throws what it throws. */
    Answer perform(Seen call) {
        boolean expires = call.message().type() == MessageType.HOLD_EXPIRED;
        Optional<Message> about = expires ? call.subject().map(held::like) : call.subject();
        place.now(call.nowNs());
        try {
            return process(lent(call.message(), about), call.holdable());
        } finally {
            if (expires) {
                about.ifPresent(held::release);
            }
        }
    }

    private Answer process(Lent message, boolean holdable) {
        boolean holds = false;
        try {
            Disposition disposition = called(message);
            holds = disposition == Disposition.HOLD;
            return new Answer(disposition, staged.sends());
        } finally {
            if (holdable && holds) {
                held.hold(message);
            } else if (holdable) {
                message.end();
            }
        }
    }

    private Disposition called(Lent message) {
        staged.open();
        Disposition disposition;
        try {
            disposition = instance.process(message);
        } finally {
            staged.close();
        }
        if (staged.isBroken()) {
            throw new IllegalStateException("a rule of send was broken within the call");
        }
        for (Tap.Sent sent : staged.sends()) {
            sent.message().sources().forEach(held::release);
        }
        staged.released().forEach(held::release);
        return disposition;
    }

    /** Hands back what it holds beyond the bound, the oldest first. What it sends then is not compared. */
    void thin() {
        while (held.isOverfull()) {
            Lent oldest = held.oldest();
            Message notice = Message.builder(place.self(), MessageType.HOLD_EXPIRED)
                    .application(subject.application())
                    .sequence(Header.params(held.count() - 1, 0))
                    .build();
            try {
                called(lent(notice, Optional.of(oldest)));
            } catch (Throwable e) {
                // Plug-in boundary: no call of the version that serves, so it counts nowhere.
                LOG.log(Level.DEBUG, "a shadow at {0} failed at what it got back: {1}", subject.node(), e);
            } finally {
                held.release(oldest);
            }
        }
    }

    void end() {
        instance.end();
    }
}
