package ioverlay.container;

/** The cause of a refusal that may pass by itself: an algorithm or application that has not come yet. */
final class NotHereException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotHereException(String what) {
        super(what);
    }
}
