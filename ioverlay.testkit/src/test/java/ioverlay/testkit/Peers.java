package ioverlay.testkit;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.util.ArrayList;
import java.util.List;

/** What the tests share. */
final class Peers {
    static final NodeId B = NodeId.parse("127.0.0.1:7001");
    static final NodeId C = NodeId.parse("127.0.0.1:7002");

    private Peers() {}

    /** Remembers what it was called with, as text, and does what a subclass wants besides. */
    abstract static class Listening extends BasicAlgorithm {
        final List<String> heard = new ArrayList<>();

        @Override
        public Disposition process(Message message) {
            heard.add("0x" + Integer.toHexString(message.type()) + " " + message.param1() + " " + message.param2());
            act(message);
            return Disposition.DONE;
        }

        abstract void act(Message message);
    }

    /** Sends every data message to b. */
    static final class ToB extends BasicAlgorithm {
        @Override
        public Disposition process(Message message) {
            send(message, B);
            return Disposition.DONE;
        }
    }
}
