package ioverlay.scenario.run;

import ioverlay.scenario.plan.Act;
import ioverlay.scenario.plan.Assertion;
import ioverlay.scenario.plan.Step;
import ioverlay.scenario.plan.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Does the entries of the time line when they are due. What is held up by an entry before it is late, and is done all the
 * same; how late is kept.
 *
 * <p><b>Threads:</b> one runs it; entries that take long have threads of their own, and {@link #finish} waits for them.
 */
final class TimeLine {
    private static final double LOOK_SECONDS = 0.05;
    private static final long FINISH_LIMIT_MS = 180_000;

    private final Clock clock;
    private final Acts acts;
    private final Notebook notebook;
    private final Watch watch;
    private final Consumer<Deed> told;
    private final List<Thread> under = new ArrayList<>();

    TimeLine(Clock clock, Acts acts, Notebook notebook, Watch watch, Consumer<Deed> told) {
        this.clock = clock;
        this.acts = acts;
        this.notebook = notebook;
        this.watch = watch;
        this.told = told;
    }

    /**
     * Goes through all of them.
     *
     * @param holds whether a condition holds now
     */
    void run(List<Step> steps, Condition holds) throws InterruptedException {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.isAfter()) {
                finish();
            }
            double due = step.seconds() + (step.isAfter() ? clock.seconds() : 0);
            clock.until(due);
            if (step.condition().isPresent()) {
                await(i, step, due, step.condition().get(), holds);
            } else {
                perform(i, step, due);
            }
            if (!step.mark().isEmpty()) {
                notebook.mark(step.mark(), clock.seconds());
            }
        }
    }

    /** Whether something has come about. */
    @FunctionalInterface
    interface Condition {
        boolean test(Assertion assertion) throws InterruptedException;
    }

    private void perform(int entry, Step step, double due) throws InterruptedException {
        for (Act act : step.acts()) {
            double at = due + act.delay();
            clock.until(at);
            if (step.verb().isLong()) {
                under.add(watch.start(
                        "scenario-" + step.verb().word() + "-" + act.node(),
                        "time line entry " + (entry + 1) + ": " + step.verb().word() + " at " + act.node(),
                        () -> act(entry, step, act, at)));
            } else if (step.verb() != Verb.MARK) {
                act(entry, step, act, at);
            }
        }
    }

    private void act(int entry, Step step, Act act, double due) {
        double at = clock.seconds();
        try {
            note(deed(entry, step, act, due, at));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Deed deed(int entry, Step step, Act act, double due, double at) throws InterruptedException {
        try {
            Effect effect = acts.perform(step.verb(), act, step.outcome());
            return new Deed(
                    entry,
                    step.verb().word(),
                    act.node(),
                    due,
                    at,
                    clock.seconds() - at,
                    true,
                    step.mayFail(),
                    effect.sentence(),
                    effect.pauseMicros(),
                    effect.version());
        } catch (RuntimeException e) {
            // An entry that is refused fails the scenario, and does not end it: what comes later is still worth seeing.
            String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
            return failed(entry, step, act.node(), due, at, why);
        }
    }

    private Deed failed(int entry, Step step, String node, double due, double at, String why) {
        double took = clock.seconds() - at;
        return new Deed(entry, step.verb().word(), node, due, at, took, false, step.mayFail(), why, -1, "");
    }

    private void await(int entry, Step step, double due, Assertion condition, Condition holds)
            throws InterruptedException {
        double at = clock.seconds();
        while (!holds.test(condition)) {
            if (clock.seconds() - at > step.limit()) {
                note(failed(
                        entry,
                        step,
                        "",
                        due,
                        at,
                        condition.name() + " has not come about within " + step.limit() + " s"));
                return;
            }
            clock.until(clock.seconds() + LOOK_SECONDS);
        }
        double took = clock.seconds() - at;
        note(new Deed(entry, step.verb().word(), "", due, at, took, true, step.mayFail(), condition.name(), -1, ""));
    }

    private void note(Deed deed) {
        notebook.add(deed);
        told.accept(deed);
    }

    /** Waits for what is under way. */
    void finish() throws InterruptedException {
        long deadline = System.currentTimeMillis() + FINISH_LIMIT_MS;
        for (Thread thread : under) {
            thread.join(Math.max(1, deadline - System.currentTimeMillis()));
            if (thread.isAlive()) {
                watch.end(
                        "entries of the time line end",
                        "one has not within " + FINISH_LIMIT_MS / 1000 + " s: " + thread.getName());
            }
        }
        under.clear();
    }

    /** Ends what is under way. */
    void abandon() {
        under.forEach(Thread::interrupt);
    }
}
