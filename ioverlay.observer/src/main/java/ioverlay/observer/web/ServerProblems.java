package ioverlay.observer.web;

import java.util.Objects;
import java.util.Optional;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;

/**
 * What Felix's Jetty answers before anybody here sees a request: a problem, as everywhere, in place of a page of its own. And
 * a path with empty parts is taken as one without: {@code $web/api/nodes} is asked for with two slashes where the address
 * ends with one. The first line and the headers have a deadline ({@link HeaderDeadline}).
 *
 * <p>Jetty asks for connectors and shows itself when it does; the one that it gets here has no port. Another server does
 * not ask, and keeps its own pages.
 */
@Component(
        service = ConnectorFactory.class,
        // A server that finds it at its start asks before it has connectors and contexts, and answers 404 for ever.
        reference = @Reference(name = "server", service = HttpServiceRuntime.class))
public final class ServerProblems implements ConnectorFactory {
    private final HeaderDeadline deadline;

    /** For whatever server asks. */
    public ServerProblems() {
        this(HeaderDeadline.LIMIT_MS);
    }

    ServerProblems(long headersMs) {
        this.deadline = new HeaderDeadline(headersMs);
    }

    @Override
    public Connector createConnector(Server server) {
        server.setErrorHandler(ServerProblems::answer);
        for (Connector connector : server.getConnectors()) {
            connector.addEventListener(deadline);
            HttpConfiguration.ConnectionFactory http =
                    connector.getConnectionFactory(HttpConfiguration.ConnectionFactory.class);
            if (http != null) {
                straighten(http.getHttpConfiguration());
            }
        }
        return new LocalConnector(server);
    }

    private void straighten(HttpConfiguration configuration) {
        configuration.setSendServerVersion(false);
        configuration.setUriCompliance(
                configuration.getUriCompliance().with("overlay", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        configuration.addCustomizer((request, headers) -> {
            deadline.arrived(request);
            return straight(request);
        });
    }

    private static Request straight(Request request) {
        String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
        return path.contains("//") ? new Straight(request, path.replaceAll("/{2,}", "/")) : request;
    }

    /** A request for another path. */
    private static final class Straight extends Request.Wrapper {
        private final HttpURI uri;

        Straight(Request request, String path) {
            super(request);
            uri = HttpURI.build(request.getHttpURI()).path(path).asImmutable();
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }
    }

    private static boolean answer(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Problem problem = new Problem(status, sentence(status, reason(request)));
        HttpFields.Mutable fields = response.getHeaders();
        Headers.of(Answer.of(problem)).forEach(fields::put);
        Content.Sink.write(response, true, problem.details().toString(), callback);
        return true;
    }

    private static String reason(Request request) {
        if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException failure) {
            return Optional.ofNullable(failure.getReason()).orElse("");
        }
        return "";
    }

    private static String sentence(int status, String reason) {
        String why = reason.isBlank() ? "" : "; this one: " + reason.strip();
        return switch (status) {
            case 400 ->
                "a request is as HTTP has it, with one Host, and its path has no .., ;, %2f, %00 or the like" + why;
            case 404 -> "there is nothing at this path";
            case 414, 431 -> "the first line and all headers of a request have at most 8192 bytes, and these have more";
            case 503 -> "nothing is served here yet, or any more";
            default -> "the server refuses such a request" + why;
        };
    }
}
