package ioverlay.algo.coding.field;

/** Which kernel works here. */
final class Choice {
    static final Kernel SCALAR = new ScalarKernel();
    static final Kernel FASTEST = fastest();

    private Choice() {}

    private static Kernel fastest() {
        try {
            return VectorKernel.forThisMachine().orElse(SCALAR);
        } catch (LinkageError e) {
            // The JVM was started without its incubator module, or the framework does not show it: nothing is broken.
            return SCALAR;
        }
    }
}
