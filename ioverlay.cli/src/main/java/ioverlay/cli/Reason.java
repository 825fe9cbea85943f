package ioverlay.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something failed, in a few words for a person. */
final class Reason {
    private Reason() {}

    /** The exceptions of files say only the path; this says what is the matter with it. */
    static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "no such file or directory";
            case AccessDeniedException e -> "permission denied";
            case FileAlreadyExistsException e -> "there is a file of that name";
            case NotDirectoryException e -> "not a directory";
            default -> text(failure);
        };
    }

    /** The message, or the kind of failure where there is none. */
    static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
