package ioverlay.observer.history;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The H2 database in one file, in this process alone: no server of its own is ever started.
 *
 * <p><b>Threads:</b> any may read, one writes.
 */
final class HistoryFile {
    /** H2 writes its head twice, a block each, before the first chunk. */
    private static final long HEAD_BYTES = 3 * 4096;

    private static final Logger LOG = System.getLogger(HistoryFile.class.getName());

    /** Files that this process has open. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final JdbcDataSource source;
    private boolean closed;

    /**
     * Takes it; nobody else in this process may have it until {@link #close}.
     *
     * @param scheme of the file system of H2 that it lies in, with a colon
     * @param file without its ending {@code .mv.db}
     * @throws HistoryException if somebody has it
     */
    HistoryFile(String scheme, Path file) {
        this.file = file.toAbsolutePath();
        source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + scheme + this.file.toString().replace(";", "\\;")
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;CACHE_SIZE=8192");
        source.setUser("sa");
        source.setPassword("");
        // H2 itself lets the same process in twice.
        if (!OPEN.add(this.file)) {
            throw new HistoryException("the history " + file + " is open already, in this process");
        }
    }

    /**
     * Opens it for the writer, makes it if it is not there, puts it aside if it is broken, and brings it up to the newest schema.
     *
     * @throws HistoryException if another process has it, if it is of a newer iOverlay, or if the disk refuses
     */
    Connection open() {
        try {
            return renewed();
        } catch (SQLException e) {
            if (!isBroken(e)) {
                throw new HistoryException("the history " + file + " cannot be opened: " + e.getMessage(), e);
            }
            Path aside = aside();
            LOG.log(Level.WARNING, "the history {0} is broken: it lies in {1} now, and a new one begins", file, aside);
        }
        try {
            return renewed();
        } catch (SQLException e) {
            throw new HistoryException("the history " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Of a file that is shorter than its own head, as a kill at its birth may leave one, H2 says other things. */
    private boolean isBroken(SQLException e) {
        if (e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
            return true;
        }
        try {
            return e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1 && Files.size(mvDb()) < HEAD_BYTES;
        } catch (IOException unseen) {
            return false; // it is not there, so it is not broken
        }
    }

    private Path mvDb() {
        return file.resolveSibling(file.getFileName() + ".mv.db");
    }

    private Connection renewed() throws SQLException {
        Connection made = connect();
        try {
            Schema.renew(made, file);
            made.setAutoCommit(false);
            return made;
        } catch (SQLException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    /** One more connection to it. Not after the close: it would open the file behind everybody's back. */
    synchronized Connection connect() throws SQLException {
        if (closed) {
            throw new SQLException("the history is closed");
        }
        return source.getConnection();
    }

    private Path aside() {
        Path aside = file.resolveSibling(file.getFileName() + "-broken-" + System.currentTimeMillis() + ".mv.db");
        try {
            return Files.move(mvDb(), aside);
        } catch (IOException e) {
            throw new HistoryException("the history " + file + " is broken and cannot be put aside: " + e, e);
        }
    }

    /** Closes it with all of its connections. */
    synchronized void close(Connection last) {
        closed = true;
        try (last;
                Statement shutdown = last.createStatement()) {
            shutdown.execute("SHUTDOWN");
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "the history was not closed in good order: {0}", Outage.reason(e));
        } finally {
            release();
        }
    }

    /** Lets others have it. */
    void release() {
        OPEN.remove(file);
    }
}
