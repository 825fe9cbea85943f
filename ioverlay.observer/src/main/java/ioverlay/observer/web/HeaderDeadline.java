package ioverlay.observer.web;

import jakarta.servlet.ServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Gives the first line and the headers of a request an end: from their first byte on they have so long together. Jetty's own
 * limit for a silent connection begins anew with each byte, so that one byte per second keeps a connection for ever. Whoever
 * takes longer is answered 408 and cut off.
 *
 * <p>A connection on which nothing was said since it was opened, or since the last answer, is Jetty's to end; while a request
 * is answered, its body and its answer have limits of their own ({@link Asked.Limits}).
 *
 * <p><b>Threads:</b> any; looks in Jetty's timer {@value #LOOKS} times per limit, so that it may be that much late.
 */
final class HeaderDeadline implements Connection.Listener {
    /** For a first line and its headers, from their first byte. */
    static final long LIMIT_MS = 15_000;

    private static final int LOOKS = 15;

    /** For the answer to be read; what came too late and is not read here would wipe it out at the client. */
    private static final long FAREWELL_MS = 500;

    /** A request's attribute: ends the writing to its client. */
    private static final String HANG_UP = HeaderDeadline.class.getName() + ".hangUp";

    private static final Logger LOG = System.getLogger(HeaderDeadline.class.getName());

    private final long limitMs;
    private final Map<Connection, Watch> open = new ConcurrentHashMap<>();

    HeaderDeadline(long limitMs) {
        this.limitMs = limitMs;
    }

    /** What lies below a connection of HTTP (encryption), or carries many requests at once, is not watched. */
    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData http
                && http.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion()) {
            Watch watch = new Watch(connection, http.getConnector().getScheduler());
            open.put(connection, watch);
            watch.look();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Watch watch = open.remove(connection);
        if (watch != null) {
            watch.close();
        }
    }

    /** The headers of a request are here; called before anything else sees it. */
    void arrived(Request request) {
        Watch watch = open.get(request.getConnectionMetaData().getConnection());
        if (watch != null) {
            watch.arrived();
            EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
            request.setAttribute(HANG_UP, (BooleanSupplier) () -> hangUp(client));
            Request.addCompletionListener(request, failure -> watch.answered());
        }
    }

    /**
     * As Jetty does with a silent client: what is being written fails, and whoever writes it closes the connection.
     *
     * @return whether something was being written
     */
    private static boolean hangUp(EndPoint client) {
        return client instanceof AbstractEndPoint end
                && end.getWriteFlusher().onFail(new TimeoutException("the client does not read"));
    }

    /** What ends the writing to the client of a request that came by a connection that is watched. */
    static Optional<BooleanSupplier> hangUp(ServletRequest request) {
        return Optional.ofNullable((BooleanSupplier) request.getAttribute(HANG_UP));
    }

    private Problem slow() {
        return new Problem(
                408,
                "the first line and the headers of a request have " + limitMs
                        + " ms from their first byte, and these took longer");
    }

    /** One connection. */
    private final class Watch {
        private final Connection connection;
        private final Scheduler scheduler;
        private long taken; // bytes when the last request was answered: of none that is still to come
        private long beganNs;
        private State state = State.SILENT;

        private enum State {
            /** Nothing was said since the last answer. */
            SILENT,
            /** A first line or headers have begun. */
            BEGUN,
            /** A request is being answered. */
            ASKED,
            ENDED
        }

        Watch(Connection connection, Scheduler scheduler) {
            this.connection = connection;
            this.scheduler = scheduler;
        }

        synchronized void look() {
            if (state == State.SILENT && connection.getBytesIn() > taken) {
                state = State.BEGUN;
                beganNs = System.nanoTime();
            }
            if (state == State.BEGUN && System.nanoTime() - beganNs > limitMs * 1_000_000) {
                state = State.ENDED;
                end();
            } else if (state != State.ENDED) {
                scheduler.schedule(this::look, Math.max(1, limitMs / LOOKS), TimeUnit.MILLISECONDS);
            }
        }

        /** Who was told that it is too late is not obeyed. */
        synchronized void arrived() {
            if (state == State.ENDED) {
                throw new HttpException.RuntimeException(408, slow().getMessage());
            }
            state = State.ASKED;
        }

        /** Bytes of the next request that came with this one do not count as its begin: the next ones do. */
        synchronized void answered() {
            if (state == State.ASKED) {
                state = State.SILENT;
                taken = connection.getBytesIn();
            }
        }

        synchronized void close() {
            state = State.ENDED;
        }

        /** Nobody else writes while headers come. */
        private void end() {
            EndPoint client = connection.getEndPoint();
            try {
                client.write(Callback.from(client::shutdownOutput, failure -> client.close()), answer());
                scheduler.schedule(client::close, FAREWELL_MS, TimeUnit.MILLISECONDS);
            } catch (RuntimeException e) {
                // The connection has just been closed, or Jetty refuses what has come in the same moment: it ends it.
                LOG.log(Level.DEBUG, "a connection with slow headers is closed without an answer", e);
                client.close();
            }
        }
    }

    private ByteBuffer answer() {
        Answer answer = Answer.of(slow()).with("Connection", "close");
        StringBuilder head = new StringBuilder("HTTP/1.1 408 Request Timeout\r\n");
        Headers.of(answer).forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        return ByteBuffer.wrap((head + "\r\n" + slow().details()).getBytes(StandardCharsets.UTF_8));
    }
}
