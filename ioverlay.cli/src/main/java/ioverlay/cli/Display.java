package ioverlay.cli;

/** Where a person watches the demo. */
interface Display extends AutoCloseable {
    /** Shows the moment, or lets it pass if the last one was shown just now. */
    void show(Snapshot moment);

    /** Leaves the last moment standing. */
    @Override
    void close();
}
