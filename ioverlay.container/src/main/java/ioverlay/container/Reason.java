package ioverlay.container;

import java.util.List;
import java.util.stream.Stream;

/** What an exception says to a person. */
public final class Reason {
    /** Whose code is seldom the reason. */
    private static final List<String> OTHERS = List.of("java.", "jdk.", "sun.", "com.google.gson.");

    private Reason() {}

    /** Its message, or its class where it has none. */
    public static String of(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }

    /** The same, with its class and where it was thrown: the first place that is not a library's. */
    public static String withPlace(Throwable thrown) {
        Throwable cause = thrown.getCause();
        if (cause != null && cause.toString().equals(thrown.getMessage())) {
            return withPlace(cause); // it only carries the other
        }
        StackTraceElement[] places = thrown.getStackTrace();
        String place = Stream.of(places)
                .filter(at -> OTHERS.stream().noneMatch(at.getClassName()::startsWith))
                .findFirst()
                .or(() -> Stream.of(places).findFirst())
                .map(at -> " at " + at)
                .orElse("");
        return of(thrown) + " (" + thrown.getClass().getName() + place + ")";
    }
}
