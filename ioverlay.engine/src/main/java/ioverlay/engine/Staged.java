package ioverlay.engine;

import ioverlay.io.message.Call;
import java.util.AbstractList;

/** What a call has staged, in its order, as a tap sees it: valid as long as it is staged, and made of nothing new. */
final class Staged extends AbstractList<Tap.Sent> {
    private final Call call;

    Staged(Call call) {
        this.call = call;
    }

    @Override
    public Tap.Sent get(int at) {
        return new Tap.Sent(call.message(at), call.destination(at));
    }

    @Override
    public int size() {
        return call.sends();
    }
}
