package ioverlay.container.shadow;

import ioverlay.api.Algorithm;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** An instance that a test lends, and can take away. */
final class FakeLoan implements Loan {
    private final AtomicReference<Algorithm> instance;
    private volatile Runnable leave = () -> {};
    final CountDownLatch back = new CountDownLatch(1);

    FakeLoan(Algorithm instance) {
        this.instance = new AtomicReference<>(instance);
    }

    /** As if its bundle was stopped. */
    void withdraw() {
        leave.run();
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public String version() {
        return "1.1.0";
    }

    @Override
    public Algorithm instance() {
        return instance.get();
    }

    @Override
    public void whenGone(Runnable then) {
        leave = then;
    }

    @Override
    public void giveBack() {
        back.countDown();
    }
}
