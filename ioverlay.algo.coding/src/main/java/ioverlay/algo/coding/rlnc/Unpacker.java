package ioverlay.algo.coding.rlnc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes blocks apart into messages again: the other end of {@link Packer}. */
final class Unpacker {
    /** A message that has come out. */
    record Unpacked(Frame frame, ByteBuffer payload) {}

    private byte[] front = new byte[Frame.BYTES];
    private int frontFill;
    private byte[] payload = {};
    private int payloadFill;

    /** Whether what comes belongs to nothing that is known. */
    private boolean isLost;

    /** Whether the rest of the generation is filling. */
    private boolean isOver;

    /** How much is passed over until a message begins. */
    private int ahead;

    /** Forgets the message that has begun: its rest does not come. */
    void lose() {
        isLost = true;
        frontFill = 0;
        payloadFill = 0;
    }

    /**
     * Takes the next block.
     *
     * @param isFirst whether it is the first of its generation
     * @return what has come to its end in it
     * @throws IllegalArgumentException if that cannot be what was packed; {@link #lose} must follow
     */
    List<Unpacked> take(ByteBuffer block, boolean isFirst) {
        if (isFirst) {
            begin(block.getInt());
        }
        List<Unpacked> messages = new ArrayList<>();
        int passed = Math.min(ahead, block.remaining());
        block.position(block.position() + passed);
        ahead -= passed;
        while (block.hasRemaining() && !isOver && !isLost) {
            if (frontFill == 0 && block.get(block.position()) == 0) {
                isOver = true;
            } else if (frontFill < Frame.BYTES) {
                int part = Math.min(Frame.BYTES - frontFill, block.remaining());
                block.get(front, frontFill, part);
                frontFill += part;
                if (frontFill == Frame.BYTES) {
                    payload = new byte[Frame.read(front).size()];
                }
            }
            if (frontFill == Frame.BYTES) {
                fill(block, messages);
            }
        }
        return messages;
    }

    private void begin(int firstMessage) {
        isOver = false;
        ahead = 0;
        if (isLost && firstMessage >= Packer.FRONT_BYTES) {
            ahead = firstMessage - Packer.FRONT_BYTES;
            isLost = false;
        }
    }

    private void fill(ByteBuffer block, List<Unpacked> messages) {
        int part = Math.min(payload.length - payloadFill, block.remaining());
        block.get(payload, payloadFill, part);
        payloadFill += part;
        if (payloadFill == payload.length) {
            Frame frame = Frame.read(front);
            if (!frame.is(front, payload)) {
                throw new IllegalArgumentException("message " + frame.sequence() + " does not have its checksum");
            }
            messages.add(new Unpacked(frame, ByteBuffer.wrap(payload)));
            frontFill = 0;
            payloadFill = 0;
        }
    }

    // ---- over a swap

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(isLost);
        out.writeBoolean(isOver);
        out.writeInt(ahead);
        out.writeInt(frontFill);
        out.write(front);
        out.writeInt(payloadFill);
        out.write(payload, 0, payloadFill);
    }

    void read(DataInputStream in) throws IOException {
        isLost = in.readBoolean();
        isOver = in.readBoolean();
        ahead = in.readInt();
        frontFill = in.readInt();
        front = in.readNBytes(Frame.BYTES);
        payloadFill = in.readInt();
        byte[] there = in.readNBytes(payloadFill);
        if (frontFill == Frame.BYTES) {
            payload = new byte[Frame.read(front).size()];
            System.arraycopy(there, 0, payload, 0, payloadFill);
        }
    }
}
