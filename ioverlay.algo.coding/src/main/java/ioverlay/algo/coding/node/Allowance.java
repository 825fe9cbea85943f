package ioverlay.algo.coding.node;

import ioverlay.api.Header;
import ioverlay.api.Message;

/** What one call may send of what was kept, and one message more: a call has limits. */
public final class Allowance {
    private static final int MESSAGES_PER_CALL = 256;
    private static final long BYTES_PER_CALL = 1 << 20;

    /** What no data message causes waits in the slot's origin lane, which is small. */
    private static final long BYTES_PER_TICK = 96 << 10;

    private long leftBytes;
    private int leftMessages;

    /** Nothing, before a call begins. */
    public Allowance() {}

    /** A call begins, for a message of the data or for anything else. */
    public void begin(boolean isData) {
        leftBytes = isData ? BYTES_PER_CALL : BYTES_PER_TICK;
        leftMessages = MESSAGES_PER_CALL;
    }

    /** Whether this call may send more. */
    public boolean isLeft() {
        return leftBytes > 0 && leftMessages > 0;
    }

    /** It sends that. */
    public void spend(Message message) {
        leftBytes -= Header.BYTES + message.payloadSize();
        leftMessages--;
    }
}
