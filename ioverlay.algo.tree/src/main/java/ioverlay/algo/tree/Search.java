package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/** How far a search for a parent is: who is still to be asked, and how long to wait for an answer. */
final class Search {
    private static final long FIRST_WAIT_MS = 250;
    private static final long LONGEST_WAIT_MS = 2_000;
    private static final long PAUSE_MS = 50;
    private static final int MOST_DOUBLINGS = 3;

    private final Deque<NodeId> candidates = new ArrayDeque<>();
    private int request;
    private Optional<NodeId> asked = Optional.empty();
    private int rounds;

    /** Whom to ask, the best first. */
    Search(Collection<NodeId> candidates) {
        this.candidates.addAll(candidates);
    }

    /** One more to ask. */
    void add(NodeId candidate) {
        candidates.add(candidate);
    }

    /** The next to be asked; if there is none, whoever is found. */
    Optional<NodeId> next() {
        NodeId candidate = candidates.poll();
        if (candidate == null) {
            rounds++;
        }
        return Optional.ofNullable(candidate);
    }

    /** Somebody was asked; earlier answers come too late. */
    void asked(int newRequest, NodeId member) {
        request = newRequest;
        asked = Optional.of(member);
    }

    /** Whether that one was asked last. */
    boolean hasAsked(NodeId member) {
        return asked.equals(Optional.of(member));
    }

    /** After a refusal the next one is asked at once; where it was the last, things may look different in a moment. */
    Duration pause() {
        return candidates.isEmpty() ? Duration.ofMillis(PAUSE_MS) : Duration.ZERO;
    }

    /** Whether the answer is to what was asked last. */
    boolean awaits(int answered) {
        return answered == request;
    }

    /** What was asked last. */
    int request() {
        return request;
    }

    /** How long an answer may take: longer each time that nobody was found. */
    Duration patience() {
        return Duration.ofMillis(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(rounds, MOST_DOUBLINGS)));
    }
}
