package ioverlay.api;

/** What happens where a link or an application has no room; chosen by the application, per session. */
public enum Delivery {
    /** Nothing is dropped: back-pressure reaches the source, and all receivers go at the pace of the slowest. */
    RELIABLE,
    /** A full link skips the message, counted, so that a slow receiver does not slow the others. */
    LIVE
}
