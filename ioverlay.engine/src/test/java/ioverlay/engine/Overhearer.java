package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.io.wire.Credit;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Reads all that a node says on a bare connection, and counts it; answers ECHO as it is told, and QUIET if that is so. */
final class Overhearer {

    /** Volatile: a test lets it fall silent. */
    private volatile Answer answer;

    private final Queue<Integer> types = new ConcurrentLinkedQueue<>();
    private final AtomicLong suspicions = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private long dataBytes;

    /** What an ECHO is answered with. */
    enum Answer {
        TRUTH,
        /** And with credit for all that came, once the sender is quiet. */
        TRUTH_AND_CREDIT,
        RUBBISH,
        NOTHING
    }

    Overhearer(Answer answer) {
        this.answer = answer;
    }

    /** From now on it answers nothing. */
    void fallSilent() {
        answer = Answer.NOTHING;
    }

    /** Begins to read, on a thread that ends with the channel. */
    Overhearer listen(SocketChannel channel) {
        Thread.ofVirtual().start(() -> {
            ByteBuffer header = ByteBuffer.allocate(Header.BYTES);
            try {
                while (fill(channel, header.clear())) {
                    if (!fill(channel, ByteBuffer.allocate(Header.payloadSizeAt(header, 0)))) {
                        return;
                    }
                    heard(channel, header);
                }
            } catch (IOException e) {
                return; // the test is over, or the node ended the link
            }
        });
        return this;
    }

    private void heard(SocketChannel channel, ByteBuffer header) throws IOException {
        int type = Header.typeAt(header, 0);
        types.add(type);
        if (type == LinkType.ECHO && Header.sequenceAt(header, 0) == 0) {
            suspicions.incrementAndGet();
        }
        if (type == MessageType.DATA) {
            dataBytes += Header.BYTES + Header.payloadSizeAt(header, 0);
        }
        if (type == LinkType.QUIET && answer == Answer.TRUTH_AND_CREDIT) {
            long messages = heard(MessageType.DATA);
            ByteBuffer bytes = ByteBuffer.allocate(Credit.BYTES);
            new Credit(Header.applicationAt(header, 0), 1 << 20, dataBytes, messages)
                    .write(bytes, LinkType.CREDIT, Messages.SENDER);
            Answerer.write(channel, bytes.flip());
        }
        if (type == LinkType.ECHO && answer != Answer.NOTHING) {
            long number = Header.sequenceAt(header, 0) + (answer == Answer.RUBBISH ? 4711 : 0);
            new Header(LinkType.ECHO_REPLY, Messages.SENDER, 0, number, 0).write(header, 0);
            header.position(0).limit(Header.BYTES);
            while (header.hasRemaining()) {
                channel.write(header);
            }
        }
    }

    private boolean fill(SocketChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            int read = channel.read(into);
            if (read < 0) {
                return false;
            }
            bytes.addAndGet(read);
        }
        return true;
    }

    /** Messages of this type so far. */
    long heard(int type) {
        return types.stream().filter(each -> each == type).count();
    }

    /** Questions whether somebody is there, not those that prove or measure something. */
    long suspicions() {
        return suspicions.get();
    }

    /** All bytes so far. */
    long bytes() {
        return bytes.get();
    }
}
