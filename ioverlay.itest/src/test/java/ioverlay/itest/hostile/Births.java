package ioverlay.itest.hostile;

import ioverlay.api.Place;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Versions that do not come to life. */
public final class Births {
    private Births() {}

    /** A bundle that does not start. */
    public static final class ThrowingActivator implements BundleActivator {
        @Override
        public void start(BundleContext context) {
            throw new IllegalStateException("the activator gave up");
        }

        @Override
        public void stop(BundleContext context) {}
    }

    /** Throws in its constructor. */
    public static final class Unconstructed extends Forwarder {
        /** Fails. */
        public Unconstructed() {
            throw new IllegalStateException("the constructor gave up");
        }
    }

    /** Throws when its component is activated. */
    public static final class Unactivated extends Forwarder {
        /** Found by its name. */
        @SuppressWarnings("DoNotCallSuggester")
        public void activate() {
            throw new IllegalStateException("the activation gave up");
        }
    }

    /** Throws when it begins. */
    public static final class Unbegun extends Forwarder {
        @Override
        public void begin(Place place) {
            throw new IllegalStateException("the begin gave up");
        }
    }

    /** Never comes back from its begin, unless it is interrupted. */
    public static final class HangingBegin extends Forwarder {
        @Override
        public void begin(Place place) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** Never comes back from its begin, whatever one does short of cancelling it. */
    public static final class LoopingBegin extends Forwarder {
        @Override
        public void begin(Place place) {
            while (work >= 0) {
                work = (work + 1) & 0xff;
            }
        }
    }

    /** Finds itself unfit. */
    public static final class Unfit extends Forwarder {
        @Override
        public void check() {
            throw new IllegalStateException("the self-check gave up");
        }
    }
}
