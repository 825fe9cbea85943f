package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapResult;
import ioverlay.container.journal.Answers;
import ioverlay.container.journal.Book;
import ioverlay.container.journal.JournalException;
import ioverlay.container.journal.JournalFile;
import ioverlay.container.journal.NodeEntry;
import ioverlay.container.journal.Records;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;

/**
 * Notes what the container is to look like: in memory, and, once a data directory is given, in its journal.
 *
 * <p><b>Threads:</b> any; one at a time.
 */
final class Recorder implements DesiredState, AutoCloseable {
    private static final Logger LOG = System.getLogger(Recorder.class.getName());

    private final Consumer<Bundle> keep;
    private final Book book = new Book();
    private Optional<JournalFile> file = Optional.empty();

    /**
     * Begins, without a data directory.
     *
     * @param keep a bundle that has to be there again after a restart
     */
    Recorder(Consumer<Bundle> keep) {
        this.keep = keep;
    }

    /**
     * From now on writes into the journal of a directory. What is there already stays as it is and is written down.
     *
     * @return the nodes that the journal knows and that are not there, by name
     * @throws JournalException if the journal cannot be opened or written; nothing is then written
     */
    synchronized List<NodeEntry> open(Path directory) throws JournalException {
        Book kept = new Book();
        JournalFile opened = JournalFile.open(directory, kept);
        try {
            for (JsonObject record : book.records()) {
                opened.append(record);
            }
        } catch (JournalException e) {
            opened.close();
            throw e;
        }
        List<NodeEntry> away = kept.nodes().stream()
                .filter(node -> book.node(node.name()).isEmpty())
                .toList();
        List<JsonObject> live = book.records();
        kept.records().forEach(book::apply);
        live.forEach(book::apply);
        file = Optional.of(opened);
        return away;
    }

    private synchronized void note(JsonObject record) {
        if (file.isPresent()) {
            try {
                file.get().append(record);
            } catch (JournalException e) {
                throw new RefusedException("nothing was changed: " + Reason.of(e), e);
            }
        }
        book.apply(record);
        file.ifPresent(journal -> journal.compact(book));
    }

    @Override
    public synchronized boolean isKept() {
        return file.isPresent();
    }

    @Override
    public void used(Source<?> source) {
        Bundle bundle = source.reference().getBundle();
        if (bundle != null && isKept()) {
            keep.accept(bundle);
        }
    }

    @Override
    public void made(NodeEntry node) {
        note(Records.made(node));
    }

    @Override
    public synchronized Optional<NodeEntry> node(String name) {
        return book.node(name);
    }

    @Override
    public void removed(String node) {
        if (node(node).isPresent()) {
            note(Records.removed(node));
        }
    }

    @Override
    public void started(String node, ApplicationSpec application) {
        note(Records.started(node, application));
    }

    @Override
    public void stopped(String node, int application) {
        note(Records.stopped(node, application));
    }

    @Override
    public void emulated(String node, Emulation emulation) {
        note(Records.emulated(node, emulation));
    }

    @Override
    public void weighed(String node, WeightStatus weight) {
        note(Records.weighed(node, weight));
    }

    @Override
    public void trial(String node, int application, Source<?> source) {
        note(Records.trial(node, application, source.name(), source.version().toString()));
    }

    @Override
    public void chosen(String node, int application, Source<?> source, SlotSpec slot) {
        used(source);
        note(Records.chosen(node, application, source.version().toString(), slot));
    }

    @Override
    public void returned(String node, int application) {
        note(Records.returned(node, application));
    }

    @Override
    public void answered(SwapResult result) {
        if (result.request().id().isEmpty()) {
            return;
        }
        try {
            note(Answers.answered(result));
        } catch (RefusedException e) {
            // It has happened all the same: whoever asked has to hear of it.
            LOG.log(
                    Level.WARNING,
                    "the answer to command {0} is not remembered: {1}",
                    result.request().id(),
                    Reason.of(e));
        }
    }

    @Override
    public synchronized Optional<SwapResult> answer(String id) {
        return book.answer(id);
    }

    /** Closes the journal; what is noted from now on is refused. */
    @Override
    public synchronized void close() {
        file.ifPresent(JournalFile::close);
    }
}
