package ioverlay.bench.emulation;

/** Hears what is measured next. */
@FunctionalInterface
interface Steps {
    /** Some seconds of work begin. */
    void next(String what);
}
