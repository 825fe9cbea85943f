package ioverlay.observer.history;

import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What was: samples, the log and documents, in a file {@code history.mv.db} of the observer's data directory. It is sound
 * after the process was killed; then samples and lines of its last second may be missing, documents not.
 *
 * <p>When the disk is full or fails, all goes on: it is tried again until it can be written, what waits meanwhile and does not
 * fit into the memory is dropped and counted, and what is in the file can be read.
 *
 * <p><b>Threads:</b> any. Adding does not wait; asking waits for the database. Close is idempotent, and waits at most 35 s.
 */
public final class History implements AutoCloseable {
    private static final long TIDY_EVERY_MINUTES = 5;

    private final Database database;
    private final LogTable log;
    private final SampleTable samples;
    private final DocumentTable documents;
    private final Retention retention;
    private final Timeline timeline;
    private final Thread upkeep;

    /**
     * Opens it.
     *
     * @param directory is there
     * @throws HistoryException if another process has it, if a newer iOverlay wrote it, or if the disk refuses
     */
    public History(Path directory, Retention retention, Clock clock) {
        this(new Database(directory.resolve("history")), retention, clock, System::nanoTime);
    }

    /** Over a database, with nanoseconds that nobody sets. */
    History(Database database, Retention retention, InstantSource clock, LongSupplier nanos) {
        this.database = database;
        try {
            this.timeline = new Timeline(clock, nanos, database.read(SampleTable::latest));
            this.log = new LogTable(database);
            this.samples = new SampleTable(database, timeline);
            this.documents = new DocumentTable(database);
        } catch (HistoryException e) {
            database.close(); // else nobody could open it again
            throw e;
        }
        this.retention = retention;
        this.upkeep = Thread.ofVirtual().name("overlay-history-upkeep").start(this::tidyNowAndThen);
    }

    private void tidyNowAndThen() {
        try {
            while (true) {
                database.write(0, connection -> retention.tidy(connection, timeline.now()));
                TimeUnit.MINUTES.sleep(TIDY_EVERY_MINUTES);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /** Gives a line of the log the next number and keeps it. */
    public LogLine add(Happening happening) {
        return log.add(happening);
    }

    /** Keeps a sample of a node, if it is time for one. */
    public void sample(Member member) {
        samples.offer(member);
    }

    /** The log. */
    public Past past() {
        return log;
    }

    /** Documents. */
    public Documents documents() {
        return documents;
    }

    /**
     * What a node did.
     *
     * @param node its id
     * @param from not before
     * @param to not after
     * @param step seconds that each sample is to stand for; 0 is as they were taken, and wider where they would be more than {@value Course#MOST}
     * @throws HistoryException if it cannot be read
     */
    public Course course(String node, Instant from, Instant to, double step) {
        return samples.course(node, from, to, step);
    }

    /** Samples and lines that were dropped since the disk did not keep up, or did not take them. */
    public long dropped() {
        return database.dropped();
    }

    /** Returns when all that was added is in the file. */
    void flush() {
        database.flush();
    }

    /** Lets go of what is too old or too much, now. */
    void tidy() {
        database.writeNow(0, Task.irrevocable(connection -> retention.tidy(connection, timeline.now())));
    }

    @Override
    public void close() {
        upkeep.interrupt();
        log.release();
        database.close();
    }
}
