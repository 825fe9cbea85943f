package ioverlay.observer.web;

import jakarta.servlet.Servlet;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;

/** The Jetty that Felix carries, at a free port of loopback, with one servlet. */
public final class Server implements AutoCloseable {
    private static final int SOCKET_LIMIT_MS = 20_000;

    private final org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
    private final ServerConnector connector = new ServerConnector(jetty, 1, 1);
    private final HttpClient client = HttpClient.newHttpClient();

    public Server(Servlet servlet) throws Exception {
        this(servlet, SOCKET_LIMIT_MS);
    }

    /** One that gives up who says nothing for so long. */
    Server(Servlet servlet, long idleMs) throws Exception {
        this(servlet, idleMs, HeaderDeadline.LIMIT_MS);
    }

    /** One that also gives up whose headers take so long. */
    Server(Servlet servlet, long idleMs, long headersMs) throws Exception {
        connector.setIdleTimeout(idleMs);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler("/");
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        handler.addServlet(holder, "/*");
        jetty.setHandler(handler);
        jetty.start();
        // As Felix does for each service of that type.
        Connector problems = new ServerProblems(headersMs).createConnector(jetty);
        jetty.addConnector(problems);
        problems.start();
    }

    public int port() {
        return connector.getLocalPort();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** A connection of one's own: what a client library would not send. */
    public Socket dial() throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(SOCKET_LIMIT_MS);
        return socket;
    }

    /** Says exactly this and reads to the end of the stream. */
    public String raw(String request) throws Exception {
        try (Socket socket = dial()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Ends every connection as it is: what was not written by now is not written. */
    void cut() {
        connector.getConnectedEndPoints().forEach(EndPoint::close);
    }

    @Override
    public void close() {
        client.close();
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty did not stop", e);
        }
    }
}
