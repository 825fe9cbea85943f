package ioverlay.algo.coding.rlnc;

import ioverlay.algo.coding.codec.Shape;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How streams go over a swap: an attachment for each, named after its source. */
final class Archive {
    private static final String NAME = "rlnc";
    private static final int FORM = 1;
    private static final int NAME_PARTS = 3;

    private Archive() {}

    /** The state, and the streams besides. */
    static State save(State state, Collection<Strand> strands) {
        Map<String, byte[]> attachments = new HashMap<>(state.attachments());
        for (Strand strand : strands) {
            StreamId stream = strand.stream();
            attachments.put(NAME + " " + stream.originator() + " " + stream.application(), bytes(strand));
        }
        return new State(state.values(), attachments);
    }

    private static byte[] bytes(Strand strand) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORM);
            out.writeLong(strand.session());
            out.writeInt(strand.shape().blocks());
            out.writeInt(strand.shape().blockBytes());
            out.writeBoolean(strand.isSource());
            out.writeInt(strand.first());
            strand.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing but memory is written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The streams of a state.
     *
     * @throws IOException if it is of a version that is not known, or made with another key
     */
    static List<Strand> restore(State state, Site site) throws IOException {
        List<Strand> strands = new ArrayList<>();
        for (Map.Entry<String, byte[]> attachment : state.attachments().entrySet()) {
            String[] parts = attachment.getKey().split(" ", -1);
            if (parts.length == NAME_PARTS && parts[0].equals(NAME)) {
                StreamId stream = new StreamId(NodeId.parse(parts[1]), Integer.parseInt(parts[2]));
                strands.add(strand(stream, attachment.getValue(), site));
            }
        }
        return strands;
    }

    private static Strand strand(StreamId stream, byte[] bytes, Site site) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int form = in.readInt();
            if (form != FORM) {
                throw new IOException("a stream is kept in the form " + FORM + ", not " + form);
            }
            long session = in.readLong();
            Shape shape = new Shape(in.readInt(), in.readInt());
            Strand strand = new Strand(stream, session, shape, in.readBoolean(), in.readInt(), site);
            strand.read(in);
            return strand;
        }
    }
}
