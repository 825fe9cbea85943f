package ioverlay.engine;

import java.io.IOException;

/** A peer broke a rule of the wire; costs it the connection. The message gives the rule and the value. */
final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Count kind;

    ProtocolException(Count kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    /** Under which name it is counted. */
    Count kind() {
        return kind;
    }
}
