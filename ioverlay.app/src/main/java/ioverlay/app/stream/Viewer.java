package ioverlay.app.stream;

/** Who gets the stream at a receiver. */
interface Viewer {
    /**
     * Takes the next unit.
     *
     * @param isAfterGap whether it does not go on with the one before; then it is a random access point
     */
    void show(Unit unit, boolean isAfterGap, long nowNs);
}
