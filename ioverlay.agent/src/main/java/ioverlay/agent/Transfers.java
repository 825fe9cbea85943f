package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Repository.Offer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Bundles on their way in, one per digest: a broken line leaves what has come, and the next one goes on there. Two lines
 * that bring the same bundle bring it together. One that nobody brings on is given up after {@value #KEPT_MS} ms, and what
 * a killed container has left is removed at the next start.
 *
 * <p><b>Threads:</b> any.
 */
final class Transfers implements AutoCloseable {
    /** The most at a time. */
    static final int MOST = 8;

    /** How long one that nobody asks for is kept where others want its place. */
    private static final long IDLE_NS = TimeUnit.MINUTES.toNanos(1);

    /** How long one is kept that nobody brings on, in milliseconds. */
    static final long KEPT_MS = 600_000;

    private static final Logger LOG = System.getLogger(Transfers.class.getName());
    private static final String ENDING = ".part";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Repository repository;
    private final Path directory;
    private final long keptMs;
    private final Map<String, Transfer> open = new LinkedHashMap<>();

    /** None yet, each kept for {@value #KEPT_MS} ms. */
    Transfers(Repository repository, Path directory) {
        this(repository, directory, KEPT_MS);
    }

    /**
     * None yet.
     *
     * @param directory for the files, which are none of anybody else; made when the first is needed
     * @param keptMs how long one is kept that nobody brings on
     */
    Transfers(Repository repository, Path directory, long keptMs) {
        this.repository = repository;
        this.directory = directory;
        this.keptMs = keptMs;
        clear();
    }

    private void clear() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path part : left) {
                Files.delete(part);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(Level.WARNING, "parts of bundles stay in {0}: {1}", directory, e.getMessage());
        }
    }

    /**
     * One begins, or goes on.
     *
     * @throws RefusedException if it is too long, or too many are under way
     */
    synchronized Optional<Transfer> receive(Demand demand) {
        String sha256 = digest(demand);
        long bytes = demand.whole("bytes", 1, Repository.MAX_BUNDLE_BYTES);
        if (isKept(sha256)) {
            return Optional.empty();
        }
        Transfer before = open.get(sha256);
        if (before != null && before.bytes() == bytes && !before.hasFailed()) {
            before.touch();
            return Optional.of(before);
        }
        if (before != null) {
            drop(before);
        }
        makeRoom();
        Transfer fresh = new Transfer(file(sha256), sha256, bytes);
        open.put(sha256, fresh);
        lookAfter(fresh, keptMs);
        return Optional.of(fresh);
    }

    private void lookAfter(Transfer transfer, long millis) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> {
            long leftMs = keptMs - idleMs(transfer);
            if (leftMs <= 0) {
                giveUp(transfer);
            } else if (find(transfer.sha256()).filter(transfer::equals).isPresent()) {
                lookAfter(transfer, leftMs);
            }
        });
    }

    private static long idleMs(Transfer transfer) {
        return TimeUnit.NANOSECONDS.toMillis(transfer.idleNs());
    }

    private synchronized void giveUp(Transfer transfer) {
        if (!transfer.equals(open.get(transfer.sha256()))) {
            return;
        }
        if (transfer.adding.isLocked() || idleMs(transfer) < keptMs) {
            lookAfter(transfer, keptMs); // who adds it drops it, but not if a part is missing
            return;
        }
        LOG.log(Level.INFO, "the bundle {0} is given up: nobody brings it on", transfer.sha256());
        drop(transfer);
    }

    private boolean isKept(String sha256) {
        return !offers(sha256).isEmpty();
    }

    private List<Offer> offers(String sha256) {
        return repository.algorithms().stream()
                .filter(offer -> offer.sha256().equalsIgnoreCase(sha256) && offer.bundleId() >= 0)
                .toList();
    }

    private Path file(String sha256) {
        try {
            return Files.createDirectories(directory).resolve(sha256 + ENDING);
        } catch (IOException e) {
            throw new RefusedException("no room for bundles at " + directory + ": " + e.getMessage(), e);
        }
    }

    private void makeRoom() {
        if (open.size() < MOST) {
            return;
        }
        Transfer idlest = open.values().stream()
                .max(Comparator.comparingLong(Transfer::idleNs))
                .orElseThrow();
        if (idlest.idleNs() < IDLE_NS) {
            throw new RefusedException("at most " + MOST + " bundles are brought at a time; try again");
        }
        drop(idlest);
    }

    /** Its file has the name of the digest: where another of the same digest has begun since, it is that one's. */
    private void drop(Transfer transfer) {
        if (open.remove(transfer.sha256(), transfer)) {
            transfer.discard();
        }
    }

    /**
     * Adds one that is all there. One whose bytes have another digest is given up.
     *
     * @throws RefusedException if it is not there, or the repository refuses it
     */
    JsonElement add(Demand demand) {
        String sha256 = digest(demand);
        Optional<Transfer> transfer = find(sha256);
        if (transfer.isEmpty()) {
            return kept(sha256);
        }
        Transfer there = transfer.get();
        there.adding.lock(); // whoever holds it is bounded by the repository
        try {
            return find(sha256).filter(there::equals).isPresent() ? add(there) : kept(sha256);
        } finally {
            there.adding.unlock();
        }
    }

    private JsonElement kept(String sha256) {
        List<Offer> kept = offers(sha256);
        if (kept.isEmpty()) {
            throw new RefusedException("of the bundle " + sha256 + " nothing is here: 'receive' comes first");
        }
        return Answers.offers(kept);
    }

    private JsonElement add(Transfer transfer) {
        boolean isPartial = false;
        try {
            isPartial = !transfer.hasFailed() && transfer.have() < transfer.bytes();
            return Answers.offers(repository.add(transfer.whole().toUri(), transfer.sha256()));
        } finally {
            if (!isPartial) { // else it goes on
                synchronized (this) {
                    drop(transfer);
                }
            }
        }
    }

    private synchronized Optional<Transfer> find(String sha256) {
        return Optional.ofNullable(open.get(sha256));
    }

    private static String digest(Demand demand) {
        String sha256 = demand.text("sha256").toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(sha256).matches()) {
            throw new RefusedException(
                    "a SHA-256 is written as 64 hexadecimal digits, not '" + Demand.shortened(sha256) + "'");
        }
        return sha256;
    }

    /** What {@code receive} answers. */
    static JsonObject have(long bytes) {
        JsonObject json = new JsonObject();
        json.addProperty("have", bytes);
        return json;
    }

    /** Gives up all. Idempotent. */
    @Override
    public synchronized void close() {
        List.copyOf(open.values()).forEach(this::drop);
    }
}
