package ioverlay.app;

import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.Outlet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An outlet with a little room per call, whose memory holds what somebody else left there. */
public final class FakeOutlet implements Outlet {
    private static final byte LEFTOVER = (byte) 0xa5;

    private record Opened(int type, long sequence, ByteBuffer payload) {}

    private final List<Opened> opened = new ArrayList<>();
    private final int roomPerCall;
    private int room;

    public FakeOutlet(int messagesPerCall) {
        roomPerCall = messagesPerCall;
    }

    @Override
    public boolean fits(int payloadSize) {
        return room > 0;
    }

    @Override
    public ByteBuffer open(int type, long sequence, int payloadSize) {
        if (room-- <= 0) {
            throw new IllegalStateException("no room");
        }
        byte[] payload = new byte[payloadSize];
        Arrays.fill(payload, LEFTOVER);
        opened.add(new Opened(type, sequence, ByteBuffer.wrap(payload)));
        return ByteBuffer.wrap(payload);
    }

    /** Lets the application produce once. */
    public long call(Application application) throws Exception {
        room = roomPerCall;
        return application.produce(this);
    }

    /** Lets the application produce until it says that it has finished, with the clock where it wants it. */
    void drain(Application application, FakeSession session) throws Exception {
        for (long next = call(application); next != Application.FINISHED; next = call(application)) {
            session.now = Math.max(session.now, next);
        }
    }

    public int count() {
        return opened.size();
    }

    /** What was sent by now. */
    public List<Message> messages() {
        return opened.stream()
                .map(each -> Message.builder(FakeSession.SELF, each.type)
                        .application(7)
                        .sequence(each.sequence)
                        .payload(each.payload)
                        .build())
                .toList();
    }
}
