package ioverlay.container;

/** What an exception says to a person. */
public final class Reason {
    private Reason() {}

    /** Its message, or its class where it has none. */
    public static String of(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }
}
