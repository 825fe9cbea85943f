package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything at once that a shadow has to keep up with: chance, time, timers, state, messages on hold and made from
 * others. Holds data until a throw of the dice says to join it, and says the time at each timer.
 */
public final class Dicing extends BasicAlgorithm {
    private static final int TYPE = 0x0101;

    @Carried
    private long thrown;

    private List<Message> held = new ArrayList<>();

    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        held = new ArrayList<>(place().held());
    }

    @Override
    public Disposition process(Message message) {
        switch (message.type()) {
            case MessageType.TIMER ->
                deliver(message(TYPE)
                        .payload("at " + now() + " thrown " + thrown)
                        .build());
            case MessageType.HOLD_EXPIRED -> held.remove(message.subject().orElseThrow());
            case MessageType.DATA -> {
                held.add(message);
                return dice() ? Disposition.DONE : Disposition.HOLD; // one that was joined need not be held
            }
            default -> {
                return super.process(message);
            }
        }
        return Disposition.DONE;
    }

    private boolean dice() {
        thrown += random().nextInt(6);
        if (random().nextBoolean()) {
            timer(random().nextInt(10), Duration.ofNanos(random().nextInt(1_000_000)));
        }
        if (held.size() <= 1 + random().nextInt(6)) {
            return false;
        }
        byte[] joined = new byte[held.size()];
        for (int at = 0; at < joined.length; at++) {
            joined[at] = held.get(at).payload().get(0);
        }
        deliver(Message.madeFrom(held.toArray(Message[]::new)).payload(joined).build());
        held.clear();
        return true;
    }
}
