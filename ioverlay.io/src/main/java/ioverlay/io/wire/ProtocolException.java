package ioverlay.io.wire;

import ioverlay.io.counts.Count;
import java.io.IOException;

/** A peer broke a rule of the wire; costs it the connection. The message gives the rule and the value. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Count kind;

    public ProtocolException(Count kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    /** Under which name it is counted. */
    public Count kind() {
        return kind;
    }
}
