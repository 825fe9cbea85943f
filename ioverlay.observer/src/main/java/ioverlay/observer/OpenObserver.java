package ioverlay.observer;

import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Reception;
import ioverlay.observer.fleet.Switchboard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An observer with its fleet, its port and its directory.
 *
 * @param observer that shows it
 * @param board the lines of the containers
 * @param reception where they come in
 * @param data directory
 * @param passing whether the directory ends with it
 */
record OpenObserver(Observer observer, Switchboard board, Reception reception, Path data, boolean passing)
        implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OpenObserver.class.getName());

    /**
     * Opens all of it, or nothing.
     *
     * @throws IOException if it cannot listen or cannot make its directory
     */
    static OpenObserver open(ObserverSettings settings) throws IOException {
        boolean passing = settings.data().isEmpty();
        Opened opened = new Opened();
        Path data = passing
                ? Files.createTempDirectory("ioverlay-observer")
                : Files.createDirectories(settings.data().get());
        opened.add(() -> clear(data, passing));
        try {
            Switchboard board = opened.add(new Switchboard(settings.fleet(), Optional.of(data.resolve("heard.json"))));
            Observer observer = opened.add(Observer.open(board, data, settings.retention()));
            Reception reception = Reception.open(settings.listen(), board);
            return new OpenObserver(observer, board, reception, data, passing);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Where containers reach it. */
    NodeId listens() {
        return reception.listens();
    }

    @Override
    public void close() {
        board.close(); // first: what it has heard is kept while there is somebody who keeps it
        reception.close();
        observer.close();
        clear(data, passing);
    }

    private static void clear(Path data, boolean passing) {
        if (passing) {
            remove(data);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "the observer''s temporary directory {0} stays: {1}", directory, e);
        }
    }
}
