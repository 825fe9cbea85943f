package ioverlay.container.journal;

import org.jspecify.annotations.Nullable;

/** A journal that cannot be opened or written; the message is a sentence for a person. */
public final class JournalException extends Exception {
    private static final long serialVersionUID = 1;

    JournalException(String sentence) {
        super(sentence);
    }

    JournalException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
