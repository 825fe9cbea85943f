package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.osgi.framework.VersionRange;

/**
 * Chooses versions, so that nobody retires one between the choice and its use.
 *
 * <p><b>Threads:</b> any.
 */
final class Chooser {
    /** How long a choice waits for the end of a retirement of the very version. */
    static final long LEAVING_LIMIT_MS = 5_000;

    private final Supply supply;
    private final Catalogue<Algorithm> catalogue;
    private final LongConsumer unneeded;

    /**
     * Prepares.
     *
     * @param unneeded told the number of a bundle that was installed for a choice and then not used
     */
    Chooser(Supply supply, Catalogue<Algorithm> catalogue, LongConsumer unneeded) {
        this.supply = supply;
        this.catalogue = catalogue;
        this.unneeded = unneeded;
    }

    /** A version that was chosen; it stays until this is closed. */
    final class Claim implements AutoCloseable {
        private final Source<Algorithm> source;
        private final boolean fresh;
        private final AtomicBoolean open = new AtomicBoolean(true);
        private volatile boolean used; // set by the one who swaps, read by whoever closes

        private Claim(Source<Algorithm> source, boolean fresh) {
            this.source = source;
            this.fresh = fresh;
        }

        Source<Algorithm> source() {
            return source;
        }

        /**
         * A new instance.
         *
         * @throws RefusedException as {@link Catalogue#lease}
         */
        Lease<Algorithm> lease() {
            return catalogue.lease(source);
        }

        /** It serves now: if its bundle came for this, it came to stay. */
        void used() {
            used = true;
        }

        @Override
        public void close() {
            if (open.getAndSet(false)) {
                catalogue.unclaim(source.bundleId());
                if (fresh && !used) {
                    unneeded.accept(source.bundleId());
                }
            }
        }
    }

    /**
     * The highest version in a range, active or out of the store.
     *
     * @throws RefusedException if there is none; the sentence lists what there is
     */
    Claim choose(String name, VersionRange range) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEAVING_LIMIT_MS);
        while (true) {
            long departures = catalogue.departures(); // first: one that is barred after the wait counts as seen late
            catalogue.awaitNoneBarred(name, range, deadline);
            boolean late = System.nanoTime() - deadline > 0;
            Set<Long> before = catalogue.all().stream().map(Source::bundleId).collect(Collectors.toSet());
            Optional<Source<Algorithm>> source = Optional.empty();
            try {
                source = Optional.of(supply.highest(name, range));
            } catch (RefusedException e) {
                if (late || departures == catalogue.departures()) {
                    throw e;
                }
            }
            // what was barred in between was not seen: the choice may be another one
            if (source.isPresent()
                    && (late || departures == catalogue.departures())
                    && catalogue.claim(source.get().bundleId())) {
                return new Claim(source.get(), !before.contains(source.get().bundleId()));
            }
            if (late) {
                throw new RefusedException(
                        "what was chosen of " + name + " is being retired and does not come to an end");
            }
        }
    }
}
