package ioverlay.traffic.meter;

/** What moves per second. */
public record Rate(double bytes, double messages) {
    /** Nothing. */
    public static final Rate NONE = new Rate(0, 0);

    /** Both together. */
    public Rate plus(Rate other) {
        return new Rate(bytes + other.bytes, messages + other.messages);
    }

    /** The bytes alone. */
    public Rate withoutMessages() {
        return new Rate(bytes, 0);
    }
}
