package ioverlay.container.shadow;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.Place;

/** Sends what it is given to the next node, unless a test has it do something else. */
class Relaying extends BasicAlgorithm {
    /** What a test has it do instead. */
    interface Act {
        Disposition process(Relaying self, Message message) throws Exception;
    }

    private final Act act;

    Relaying() {
        this((self, message) -> {
            self.pass(message);
            return Disposition.DONE;
        });
    }

    Relaying(Act act) {
        this.act = act;
    }

    void pass(Message message) {
        send(message, FakeSlot.NEXT);
    }

    Place at() {
        return place();
    }

    @Override
    public Disposition process(Message message) {
        try {
            return act.process(this, message);
        } catch (Exception e) {
            throw e instanceof RuntimeException thrown ? thrown : new IllegalStateException(e);
        }
    }
}
