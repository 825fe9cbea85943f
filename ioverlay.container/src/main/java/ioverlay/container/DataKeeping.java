package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.container.journal.DirectoryLock;
import ioverlay.container.journal.JournalException;
import ioverlay.container.journal.NodeEntry;
import ioverlay.container.store.Vault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The container's data directory: takes it, opens what is in it, brings back what it says. A container has one for its
 * life, or none.
 *
 * <p><b>Threads:</b> any; one at a time.
 */
final class DataKeeping implements AutoCloseable {
    private static final String BUNDLES = "bundles";
    private static final Logger LOG = System.getLogger(DataKeeping.class.getName());

    private final Recorder recorder;
    private final Vault vault;
    private final Restart restart;
    private final Supplier<List<Source<Algorithm>>> serving;
    private final EventLog events;
    private Optional<DirectoryLock> lock = Optional.empty();
    private Optional<Path> opened = Optional.empty();

    /**
     * Begins.
     *
     * @param serving what serves slots now
     */
    DataKeeping(
            Recorder recorder,
            Vault vault,
            Restart restart,
            Supplier<List<Source<Algorithm>>> serving,
            EventLog events) {
        this.recorder = recorder;
        this.vault = vault;
        this.restart = restart;
        this.serving = serving;
        this.events = events;
    }

    /** Opens a directory; what became of it is an event, {@code data.opened} or {@code data.refused}. */
    synchronized void open(Path directory) {
        if (opened.isPresent()) {
            if (!opened.get().equals(directory)) {
                refused(directory, "a container keeps its data in one directory, and has " + opened.get());
            }
            return;
        }
        try {
            take(directory);
        } catch (IOException | JournalException e) {
            lock.ifPresent(DirectoryLock::close);
            lock = Optional.empty();
            refused(
                    directory,
                    e instanceof JournalException
                            ? Reason.of(e)
                            : "the data directory " + directory + " cannot be used: "
                                    + e.getClass().getSimpleName().replace("Exception", "") + " " + Reason.of(e));
        }
    }

    private void take(Path directory) throws IOException, JournalException {
        Files.createDirectories(directory);
        lock = Optional.of(DirectoryLock.take(directory));
        vault.moveTo(directory.resolve(BUNDLES));
        List<NodeEntry> known = recorder.open(directory);
        opened = Optional.of(directory);
        serving.get().forEach(recorder::used);
        List<NodeEntry> ours =
                known.stream().filter(node -> !node.isConfigured()).toList();
        List<NodeEntry> away = restart.bring(ours);
        tell(
                "data.opened",
                directory,
                "kept in " + directory + ": " + (ours.size() - away.size()) + " of " + ours.size()
                        + " nodes of the journal are back");
    }

    private void refused(Path directory, String sentence) {
        LOG.log(Level.WARNING, "nothing outlives this container: {0}", sentence);
        tell("data.refused", directory, sentence);
    }

    private void tell(String kind, Path directory, String sentence) {
        JsonObject detail = new JsonObject();
        detail.addProperty("directory", directory.toString());
        events.add(kind, "", sentence, detail);
    }

    /** Closes the journal and gives the directory free; idempotent. */
    @Override
    public synchronized void close() {
        recorder.close();
        lock.ifPresent(DirectoryLock::close);
        lock = Optional.empty();
    }
}
