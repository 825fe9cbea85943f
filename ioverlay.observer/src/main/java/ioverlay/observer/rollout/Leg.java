package ioverlay.observer.rollout;

import ioverlay.api.NodeId;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.observer.fleet.Member;
import java.util.Optional;
import java.util.OptionalLong;

/** One slot of one node on its way: what is written down of it, and what is not. */
final class Leg {
    /** Containers may say anything, and what they say is written down. */
    private static final int LONGEST_SENTENCE = 1_000;

    final NodeId node;
    final String name;
    final int application;
    final int wave;
    final String to;

    // what is written down

    Step step = Step.WAITING;
    String from;
    String sentence = "";
    OptionalLong pauseMicros = OptionalLong.empty();

    /** What it did badly; empty if nothing. It outlives the step. */
    String reason = "";

    /** Whether a swap was, or may have been, asked for: then there may be something to take back. */
    boolean touched;

    /** Whether it did not go back, or cannot be said to. */
    boolean stuck;

    /** Whether a shadow was, or may have been, begun that has not told how it ended. */
    boolean shadowing;

    boolean shadowed;
    long failedBefore;
    double rateBefore;

    // what begins anew with each observer

    /** To what the step is about. */
    Ask ask = new Ask();

    /** What it answered to its swap, while its throughput has not been seen for long enough. */
    Optional<SwapAnswer> answered = Optional.empty();

    long answeredMs;

    final Ask status = new Ask();
    final Track track = new Track();

    /** Whether the latest look saw its node without such a slot. */
    boolean missing;

    long lookedMs = -Limits.STEP_MS;

    /** Since when the node is not there; 0 if it is. */
    long absentSinceMs;

    /** Since when the step is, as far as this observer knows. */
    long sinceMs;

    /** What looking after it failed at, the last time; empty if it did not. */
    String trouble = "";

    /** Written by the fleet's thread, read by the desk's: whether the node said that it ends. */
    private volatile boolean ended;

    /** Likewise: whether its line is broken. */
    private volatile boolean lost;

    Leg(NodeId node, String name, int application, int wave, String from, String to) {
        this.node = node;
        this.name = name;
        this.application = application;
        this.wave = wave;
        this.from = from;
        this.to = to;
    }

    /** Who was lost for so long that the fleet forgot it has not said that it ends: it may come back as it was. */
    void heard(Member.State state) {
        switch (state) {
            case LIVE -> {
                ended = false;
                lost = false;
            }
            case LOST -> lost = true;
            case GONE -> ended = !lost;
        }
    }

    /** Whether the node said that it ends. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether the node has been away for so long that it counts as lost. */
    boolean isLost(long nowMs) {
        return absentSinceMs != 0 && (ended || nowMs - absentSinceMs >= Limits.LOST_MS);
    }

    /** Why it is lost, for a person. */
    String whyLost() {
        return ended ? "the node has ended" : "the node is away for " + Limits.LOST_MS / 1_000 + " s";
    }

    /** Goes on to another step; questions of the step before are no longer asked. */
    void enter(Step next, String why, long nowMs) {
        if (step != next) {
            boolean sameQuestion = step == Step.SWAPPING && next == Step.WATCHING;
            ask = sameQuestion ? ask : new Ask();
            answered = sameQuestion ? answered : Optional.empty();
            sinceMs = nowMs;
            trouble = "";
        }
        step = next;
        sentence = why.length() <= LONGEST_SENTENCE ? why : why.substring(0, LONGEST_SENTENCE) + "…";
    }

    /** What takes back all that is decided of it from now on. */
    Runnable mark() {
        Step markedStep = step;
        String markedFrom = from;
        String markedSentence = sentence;
        OptionalLong markedPause = pauseMicros;
        String markedReason = reason;
        boolean markedTouched = touched;
        boolean markedStuck = stuck;
        boolean markedShadowing = shadowing;
        boolean markedShadowed = shadowed;
        Ask markedAsk = ask;
        long markedSinceMs = sinceMs;
        return () -> {
            step = markedStep;
            from = markedFrom;
            sentence = markedSentence;
            pauseMicros = markedPause;
            reason = markedReason;
            touched = markedTouched;
            stuck = markedStuck;
            shadowing = markedShadowing;
            shadowed = markedShadowed;
            ask = markedAsk;
            sinceMs = markedSinceMs;
        };
    }

    /** Where it is, for a person. */
    String label() {
        return "node " + name + " (" + node + "), slot " + Integer.toUnsignedString(application);
    }

    Rollout.Visit visit() {
        return new Rollout.Visit(node, name, application, wave, step, from, to, pauseMicros, sentence);
    }
}
