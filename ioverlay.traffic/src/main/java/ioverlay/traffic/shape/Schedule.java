package ioverlay.traffic.shape;

/**
 * A cap as a schedule of due times: a message may begin when the schedule is due, and moves it by its bytes. It is paid
 * for afterwards, on an ideal time line, so that lateness never adds up; what was not used within the metering interval
 * is lost.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class Schedule {
    private static final double NS = 1e9;
    private double nsPerByte;
    private long meteringNs;
    private double dueNs;

    /** Without a cap. */
    public Schedule() {}

    /**
     * Another cap from now on; 0 is none.
     *
     * @param nowNs what was charged before is forgotten, but for one metering interval's worth
     */
    public void cap(long bytesPerSecond, long metering, long nowNs) {
        nsPerByte = bytesPerSecond == 0 ? 0 : NS / bytesPerSecond;
        meteringNs = metering;
        dueNs = Math.min(dueNs, (double) nowNs);
    }

    /** Whether there is a cap. */
    public boolean isCapped() {
        return nsPerByte > 0;
    }

    /** When the next message may begin. */
    public long dueNs() {
        return (long) dueNs;
    }

    /** Bytes that may begin now; at least 1 if a message may. */
    public long allowance(long nowNs) {
        if (nsPerByte == 0) {
            return Long.MAX_VALUE;
        }
        return dueNs > nowNs ? 0 : 1 + (long) ((nowNs - Math.max(dueNs, nowNs - (double) meteringNs)) / nsPerByte);
    }

    /** So many bytes went. */
    public void charge(long bytes, long nowNs) {
        if (nsPerByte > 0) {
            dueNs = Math.max(dueNs, nowNs - (double) meteringNs) + bytes * nsPerByte;
        }
    }
}
