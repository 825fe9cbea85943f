package ioverlay.observer.history;

import org.jspecify.annotations.Nullable;

/** The database could not be read or written, with the reason. */
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what could not be done. */
    public HistoryException(String sentence) {
        super(sentence);
    }

    /** Says what could not be done, and what lies behind it. */
    public HistoryException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
