package ioverlay.testkit;

/** What a send is charged to while it waits for room. */
interface Origin {
    /** Whether one more message of this size may wait. */
    boolean admits(int bytes);

    /** One more waits. */
    void waits(int bytes);

    /** One has gone. */
    void went(int bytes);
}
