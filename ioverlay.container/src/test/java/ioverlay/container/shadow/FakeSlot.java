package ioverlay.container.shadow;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import ioverlay.engine.Tap;
import ioverlay.engine.Tapped;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A slot of no node: the test makes its calls, on its own thread, and a tap sees them as the engine would show them. */
final class FakeSlot implements Subject {
    static final NodeId SELF = NodeId.parse("127.0.0.1:7000");
    static final NodeId UPSTREAM = NodeId.parse("127.0.0.1:7001");
    static final NodeId NEXT = NodeId.parse("127.0.0.1:7002");
    static final NodeId OTHER = NodeId.parse("127.0.0.1:7003");
    static final int APPLICATION = 7;

    private static final long SEED = 42;

    private final String name;
    private Tap tap = (message, disposition, sends, nowNs, tookNs) -> {};
    private State state = State.empty();
    private List<Message> held = List.of();
    private boolean tapped;
    volatile boolean there = true;
    long calls;

    FakeSlot() {
        this("n1");
    }

    FakeSlot(String name) {
        this.name = name;
    }

    FakeSlot with(State saved, Message... onHold) {
        state = saved;
        held = List.of(onHold);
        return this;
    }

    /** Another version serves from now on. */
    void swapped() {
        tap.over();
        untap(tap);
    }

    boolean isTapped() {
        return tapped;
    }

    /** One of many messages of the application, different each. */
    static Message data(long number) {
        return Message.builder(UPSTREAM, MessageType.DATA)
                .application(APPLICATION)
                .sequence(number)
                .payload("payload " + number)
                .build();
    }

    /** The version that serves was called with a message and sent these. */
    void called(Message content, Disposition disposition, Tap.Sent... sends) {
        Passing message = new Passing(content);
        called(message, disposition, List.of(sends));
    }

    /** As above; {@link #given} in the place of a message stands for the very one that was given. */
    void called(Passing message, Disposition disposition, List<Tap.Sent> sends) {
        calls++;
        List<Tap.Sent> real = sends.stream()
                .map(sent -> sent.message().type() == GIVEN.type() ? new Tap.Sent(message, sent.destination()) : sent)
                .toList();
        tap.called(message, disposition, real, calls * 1000, 100);
        message.end();
    }

    private static final Message GIVEN = Message.builder(SELF, 0x1fff).build();

    static Tap.Sent given(NodeId to) {
        return new Tap.Sent(GIVEN, to);
    }

    /** Has a real algorithm serve: its calls are shown to the tap. */
    final class Server {
        private final Understudy occupant;
        private final AtomicLong number = new AtomicLong();

        Server(Algorithm instance) throws Exception {
            occupant = new Understudy(instance, FakeSlot.this, Limits.STANDARD.heldBytes());
            occupant.begin();
            occupant.takeOver(new Tapped(State.empty(), new WrittenBy("x", "1.0.0"), random(), List.of()));
        }

        void process(int messages) {
            for (int at = 0; at < messages; at++) {
                process(data(number.incrementAndGet()));
            }
        }

        void process(Message content) {
            calls++;
            Passing message = new Passing(content);
            Seen seen = new Seen(content, true, Optional.empty(), Disposition.DONE, List.of(), calls * 1000, 0, 0);
            Understudy.Answer answer = occupant.perform(seen);
            List<Tap.Sent> sends = answer.sends().stream()
                    .map(sent -> new Tap.Sent(shown(sent.message(), message, content), sent.destination()))
                    .toList();
            tap.called(message, answer.disposition(), sends, calls * 1000, 100);
            message.end();
        }

        private Message shown(Message sent, Passing given, Message content) {
            return sent instanceof Lent lent
                    ? lent.copied().equals(content) ? given : new Passing(lent.copied())
                    : sent;
        }
    }

    static SplittableRandomOfLongs random() {
        return new SplittableRandomOfLongs(new SplittableRandom(SEED)::nextLong);
    }

    /** A generator of which only this method is its own, like the engine's. */
    record SplittableRandomOfLongs(LongSupplier source) implements java.util.random.RandomGenerator {
        @Override
        public long nextLong() {
            return source.getAsLong();
        }
    }

    @Override
    public String node() {
        return name;
    }

    @Override
    public NodeId self() {
        return SELF;
    }

    @Override
    public int application() {
        return APPLICATION;
    }

    @Override
    public JsonObject settings() {
        JsonObject settings = new JsonObject();
        settings.addProperty("next", NEXT.toString());
        return settings;
    }

    @Override
    public long now() {
        return 500;
    }

    @Override
    public Tapped tap(Tap watching) {
        if (tapped) {
            throw new IllegalStateException("it has a tap already");
        }
        tapped = true;
        tap = watching;
        return new Tapped(state, new WrittenBy("relay", "1.0.0"), random(), held);
    }

    @Override
    public void untap(Tap watching) {
        tapped = false;
        tap = (message, disposition, sends, nowNs, tookNs) -> {};
    }

    @Override
    public boolean isThere() {
        return there;
    }
}
