package ioverlay.observer.web;

/** A request that is not obeyed: problem details as in RFC 9457. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * A problem.
     *
     * @param status of HTTP, 400 to 599
     * @param sentence for a person: the rule and the value
     */
    public Problem(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }
}
