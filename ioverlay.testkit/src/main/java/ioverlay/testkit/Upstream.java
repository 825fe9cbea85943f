package ioverlay.testkit;

/** Where the data of one neighbour comes from: while what it caused waits for room, no more of it is taken. */
final class Upstream implements Origin {
    private int waiting;

    boolean isBlocked() {
        return waiting > 0;
    }

    @Override
    public boolean admits(int bytes) {
        return true;
    }

    @Override
    public void waits(int bytes) {
        waiting++;
    }

    @Override
    public void went(int bytes) {
        waiting--;
    }
}
