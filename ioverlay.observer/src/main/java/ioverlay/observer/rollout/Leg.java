package ioverlay.observer.rollout;

import ioverlay.api.NodeId;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.Step;
import java.util.OptionalLong;

/** One slot of one node on its way: what is written down of it, and what is not. */
final class Leg {
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

    /** Whether a swap was, or may have been, asked for: then there may be something to take back. */
    boolean touched;

    /** Whether it did not go back, or cannot be said to. */
    boolean stuck;

    boolean shadowed;
    long failedBefore;
    double rateBefore;

    // what begins anew with each observer

    /** To what the step is about. */
    Ask ask = new Ask();

    final Ask status = new Ask();
    final Track track = new Track();
    long lookedMs;

    /** Since when the node is not there; 0 if it is. */
    long absentSinceMs;

    /** Since when the step is, as far as this observer knows. */
    long sinceMs;

    /** Whether what the step is about may have been asked for before: by another observer, or over a line that broke. */
    boolean resumed;

    /** Whether the node said that it ends. */
    boolean ended;

    Leg(NodeId node, String name, int application, int wave, String from, String to) {
        this.node = node;
        this.name = name;
        this.application = application;
        this.wave = wave;
        this.from = from;
        this.to = to;
    }

    /** Goes on to another step; questions of the step before are no longer asked. */
    void enter(Step next, String why, long nowMs) {
        if (step != next) {
            boolean sameQuestion = step == Step.SWAPPING && next == Step.WATCHING;
            ask = sameQuestion ? ask : new Ask();
            sinceMs = nowMs;
            resumed = false;
        }
        step = next;
        sentence = why;
    }

    /** Where it is, for a person. */
    String label() {
        return "node " + name + " (" + node + "), slot " + Integer.toUnsignedString(application);
    }

    Rollout.Visit visit() {
        return new Rollout.Visit(node, name, application, wave, step, from, to, pauseMicros, sentence);
    }
}
