package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.api.container.Repository.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Bundles on their way in, one per digest: a broken line leaves what has come, and the next one goes on there.
 *
 * <p><b>Threads:</b> any.
 */
final class Transfers implements AutoCloseable {
    /** The most at a time. */
    static final int MOST = 8;

    /** How long one that nobody asks for is kept where others want its place. */
    private static final long IDLE_NS = TimeUnit.MINUTES.toNanos(1);

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Repository repository;
    private final Path directory;
    private final Map<String, Transfer> open = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param directory for the files, which are none of anybody else; made when the first is needed
     */
    Transfers(Repository repository, Path directory) {
        this.repository = repository;
        this.directory = directory;
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
        if (before != null && before.bytes() == bytes) {
            return Optional.of(before);
        }
        if (before != null) {
            drop(before);
        }
        makeRoom();
        Transfer fresh = new Transfer(file(sha256), sha256, bytes);
        open.put(sha256, fresh);
        return Optional.of(fresh);
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
            return Files.createDirectories(directory).resolve(sha256 + ".part");
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

    private void drop(Transfer transfer) {
        open.remove(transfer.sha256(), transfer);
        transfer.discard();
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
            List<Offer> kept = offers(sha256);
            if (kept.isEmpty()) {
                throw new RefusedException("of the bundle " + sha256 + " nothing is here: 'receive' comes first");
            }
            return Answers.offers(kept);
        }
        Path whole = transfer.get().whole();
        try {
            return Answers.offers(repository.add(whole.toUri(), sha256));
        } finally {
            synchronized (this) {
                drop(transfer.get());
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
