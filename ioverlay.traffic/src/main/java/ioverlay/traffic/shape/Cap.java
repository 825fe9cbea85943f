package ioverlay.traffic.shape;

/**
 * What lets bytes go at a rate. Paid for afterwards: whoever may go at all may end its message.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public interface Cap {
    /** Bytes that may begin now; at least 1 if a message may. 0 tells the cap that somebody waits. */
    long allowance(long nowNs);

    /** When it is worth asking again. */
    long dueNs();

    /** So many bytes went. */
    void charge(long bytes, long nowNs);
}
