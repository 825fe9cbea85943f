package ioverlay.shell.wire;

import org.jspecify.annotations.Nullable;

/** What a frame is. */
public enum Kind {
    /** Client, first and once: an {@link Opening}. */
    OPEN('O'),
    /** Client: bytes that were typed, or that commands are read from. */
    INPUT('i'),
    /** Client: there will be no more input. */
    END('e'),
    /** Client: the terminal's size has changed; two 32-bit numbers, columns and rows. */
    SIZE('s'),
    /** Server: bytes for the standard output. */
    OUTPUT('o'),
    /** Server: bytes for the standard error. */
    ERROR('E'),
    /** Server, last: one byte, the exit code, and perhaps a sentence that goes to the standard error. */
    EXIT('x');

    private final int letter;

    Kind(char letter) {
        this.letter = letter;
    }

    int letter() {
        return letter;
    }

    static @Nullable Kind of(int letter) {
        for (Kind kind : values()) {
            if (kind.letter == letter) {
                return kind;
            }
        }
        return null;
    }
}
