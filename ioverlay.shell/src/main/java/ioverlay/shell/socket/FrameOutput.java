package ioverlay.shell.socket;

import ioverlay.shell.wire.Frame;
import ioverlay.shell.wire.Kind;
import ioverlay.shell.wire.Wire;
import java.io.IOException;
import java.io.OutputStream;

/** Sends bytes as frames of one kind. */
final class FrameOutput extends OutputStream {
    private final Wire wire;
    private final Kind kind;

    FrameOutput(Wire wire, Kind kind) {
        this.wire = wire;
        this.kind = kind;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += Frame.MAX_PAYLOAD) {
            wire.write(kind, bytes, offset + done, Math.min(Frame.MAX_PAYLOAD, length - done));
        }
    }
}
