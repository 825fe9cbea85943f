package ioverlay.algo.coding.rlnc;

import ioverlay.algo.coding.rlnc.Unpacker.Unpacked;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Gives the application the messages of one stream, in order: block by block, as they are decoded. */
final class Delivery {
    private final StreamId stream;
    private final Site site;
    private final Unpacker unpacker = new Unpacker();
    private final Deque<Message> waiting = new ArrayDeque<>();
    private int generation;
    private int block;

    Delivery(StreamId stream, Site site, int first) {
        this.stream = stream;
        this.site = site;
        generation = first;
        unpacker.lose(); // who comes late begins with the next message
    }

    /** The generation that is being delivered: all before it are. */
    int generation() {
        return generation;
    }

    /** Whether it is time to give up what has been delivered of the present generation: the rest does not come. */
    void skip() {
        unpacker.lose();
        generation++;
        block = 0;
    }

    /**
     * Delivers what is decoded of the generation, as far as this call may send.
     *
     * @param link whose fault it is if it is wrong after all
     * @return whether it is through with it
     */
    boolean advance(Generation from, NodeId link) {
        while (giveWaiting() && block < from.used()) {
            Optional<MemorySegment> next = from.block(block);
            if (next.isEmpty()) {
                return false;
            }
            take(next.get(), link);
            block++;
        }
        if (block < from.used() || !waiting.isEmpty() || !from.isComplete()) {
            return false;
        }
        generation++;
        block = 0;
        return true;
    }

    private void take(MemorySegment next, NodeId link) {
        try {
            for (Unpacked message : unpacker.take(next.asByteBuffer(), block == 0)) {
                waiting.add(Message.builder(stream.originator(), message.frame().type())
                        .application(stream.application())
                        .sequence(message.frame().sequence())
                        .payload(message.payload())
                        .build());
            }
        } catch (IllegalArgumentException e) {
            site.fault("corrupt", link, String.valueOf(e.getMessage()));
            unpacker.lose();
        }
    }

    private boolean giveWaiting() {
        while (!waiting.isEmpty()
                && site.maySend(Header.BYTES + waiting.getFirst().payloadSize())) {
            site.give(waiting.removeFirst());
        }
        return waiting.isEmpty();
    }

    // ---- over a swap

    void write(DataOutputStream out) throws IOException {
        out.writeInt(generation);
        out.writeInt(block);
        unpacker.write(out);
        out.writeInt(waiting.size());
        for (Message message : waiting) {
            out.writeInt(message.payloadSize());
            out.writeInt(message.type());
            out.writeLong(message.sequence());
            byte[] bytes = new byte[message.payloadSize()];
            message.payload().get(bytes);
            out.write(bytes);
        }
    }

    void read(DataInputStream in) throws IOException {
        generation = in.readInt();
        block = in.readInt();
        unpacker.read(in);
        for (int left = in.readInt(); left > 0; left--) {
            int size = in.readInt();
            int type = in.readInt();
            long sequence = in.readLong();
            waiting.add(Message.builder(stream.originator(), type)
                    .application(stream.application())
                    .sequence(sequence)
                    .payload(in.readNBytes(size))
                    .build());
        }
    }
}
