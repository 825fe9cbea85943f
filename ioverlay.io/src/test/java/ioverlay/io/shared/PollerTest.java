package ioverlay.io.shared;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.io.wire.ChannelPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollerTest {
    private Poller poller;
    private ChannelPair pair;

    @BeforeEach
    void open() throws IOException {
        poller = new Poller();
        pair = ChannelPair.open(16 << 10);
        pair.dialled().configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        poller.close();
        pair.close();
    }

    /** Writes down what it hears; reads what there is; may throw. */
    private static final class Listener implements Poller.Peer {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final SocketChannel channel;
        private final boolean faulty;
        private volatile Thread caller = Thread.currentThread();

        Listener(SocketChannel channel, boolean faulty) {
            this.channel = channel;
            this.faulty = faulty;
        }

        @Override
        public SocketChannel channel() {
            return channel;
        }

        @Override
        public void readable() {
            if (faulty) {
                throw new IllegalStateException("faulty");
            }
            try {
                int read = channel.read(ByteBuffer.allocate(100));
                heard.add("readable " + read);
                if (read < 0) {
                    channel.close();
                }
            } catch (IOException e) {
                heard.add("unreadable");
            }
        }

        @Override
        public void writable() {
            caller = Thread.currentThread();
            heard.add("writable");
        }

        @Override
        public void broken(Exception why) {
            heard.add("broken " + why.getMessage());
        }

        String next() throws InterruptedException {
            String next = heard.poll(20, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        }
    }

    private Listener registered(boolean faulty) {
        Listener listener = new Listener(pair.dialled(), faulty);
        poller.register(listener);
        return listener;
    }

    @Test
    void tells_of_bytes_and_of_the_end() throws Exception {
        Listener listener = registered(false);
        pair.accepted().write(ByteBuffer.allocate(7));
        assertThat(listener.next()).isEqualTo("readable 7");
        pair.accepted().close();
        assertThat(listener.next()).isEqualTo("readable -1");
    }

    @Test
    void tells_once_that_the_channel_takes_bytes() throws Exception {
        Listener listener = registered(false);
        poller.wantWrite(listener);
        assertThat(listener.next()).isEqualTo("writable");
        pair.accepted().write(ByteBuffer.allocate(7));
        assertThat(listener.next()).isEqualTo("readable 7");
        assertThat(listener.heard).isEmpty();
    }

    /** Writes until the kernels of both sides have taken all they can; how many bytes. */
    private long fill() throws IOException {
        long filled = 0;
        int refused = 0;
        while (refused < 20) {
            int wrote = pair.dialled().write(ByteBuffer.allocate(64 << 10));
            filled += wrote;
            refused = wrote == 0 ? refused + 1 : 0;
            LockSupport.parkNanos(wrote == 0 ? 5_000_000 : 0); // one side may still hand over to the other
        }
        return filled;
    }

    @Test
    void a_full_channel_is_told_when_it_takes_bytes_again_and_not_before() throws Exception {
        Listener listener = registered(false);
        long filled = fill();
        poller.wantWrite(listener);
        assertThat(listener.heard.poll(50, TimeUnit.MILLISECONDS)).isNull();
        ByteBuffer drain = ByteBuffer.allocate(64 << 10);
        for (long read = 0; read < filled && listener.heard.isEmpty(); ) {
            read += pair.accepted().read(drain.clear());
        }
        assertThat(listener.next()).isEqualTo("writable");
    }

    @Test
    void one_that_throws_is_told_that_it_is_broken_and_the_others_go_on() throws Exception {
        Listener faulty = registered(true);
        pair.accepted().write(ByteBuffer.allocate(7));
        assertThat(faulty.next()).isEqualTo("broken faulty");
        try (ChannelPair other = ChannelPair.open()) {
            other.dialled().configureBlocking(false);
            Listener sound = new Listener(other.dialled(), false);
            poller.register(sound);
            other.accepted().write(ByteBuffer.allocate(3));
            assertThat(sound.next()).isEqualTo("readable 3");
        }
    }

    @Test
    void a_channel_that_was_closed_before_is_broken() throws Exception {
        pair.dialled().close();
        assertThat(registered(false).next()).startsWith("broken");
    }

    @Test
    void to_write_on_a_channel_that_is_closed_is_broken_too() throws Exception {
        Listener listener = registered(false);
        pair.accepted().write(ByteBuffer.allocate(1));
        listener.next();
        pair.dialled().close();
        poller.wantWrite(listener);
        assertThat(listener.next()).startsWith("broken");
    }

    @Test
    void a_channel_that_cannot_be_registered_does_not_end_the_poller() throws Exception {
        try (ChannelPair blocking = ChannelPair.open()) {
            poller.register(new Listener(blocking.dialled(), false)); // in blocking mode, which no selector takes
            Listener listener = registered(false);
            pair.accepted().write(ByteBuffer.allocate(5));
            assertThat(listener.next()).isEqualTo("readable 5");
        }
    }

    @Test
    void ends_its_thread_and_can_be_closed_twice() throws Exception {
        Listener listener = registered(false);
        poller.wantWrite(listener);
        listener.next();
        poller.close();
        poller.close();
        assertThat(listener.caller.isAlive()).isFalse();
    }
}
