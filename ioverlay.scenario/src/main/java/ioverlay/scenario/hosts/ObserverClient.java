package ioverlay.scenario.hosts;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.RefusedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * An observer's REST interface ({@code docs/rest.md}). What it refuses is a {@link RefusedException} with its sentence; where
 * nobody answered, the exception has an {@link IOException} behind it.
 *
 * <p><b>Threads:</b> any; so many requests at a time.
 */
final class ObserverClient implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    /** An observer waits 15 s for an answer itself. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(2);
    private static final int MOST_AT_ONCE = 32;
    private static final String JSON = "application/json";

    private final URI observer;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /**
     * Talks to it when it is asked.
     *
     * @param observer its address, with a stroke at the end
     */
    ObserverClient(URI observer) {
        this.observer = observer;
    }

    /** Whether nobody answered, rather than that it was refused: what was asked for may have happened all the same. */
    static boolean isUnanswered(RefusedException refused) {
        return refused.getCause() instanceof IOException && !isUnknown(refused);
    }

    /** Whether there is no such node or container. */
    static boolean isUnknown(RefusedException refused) {
        return refused.getCause() instanceof FileNotFoundException;
    }

    JsonObject get(String path) throws InterruptedException {
        return object(request(path, LIMIT).GET().build());
    }

    JsonObject post(String path, JsonObject body) throws InterruptedException {
        return post(path, body, LIMIT);
    }

    JsonObject post(String path, JsonObject body, Duration limit) throws InterruptedException {
        return object(request(path, limit)
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    JsonObject upload(Path bundle) throws InterruptedException {
        BodyPublisher bytes;
        try {
            bytes = BodyPublishers.ofFile(bundle);
        } catch (FileNotFoundException e) {
            throw new RefusedException("the bundle " + bundle + " cannot be read", e);
        }
        return object(request("api/algorithms", UPLOAD_LIMIT)
                .header("Content-Type", "application/java-archive")
                .POST(bytes)
                .build());
    }

    /** The lines of the stream of events, without an end; the answer is closed by whoever reads it. */
    Stream<String> events(String last) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(observer.resolve("api/events")).header("Accept", "text/event-stream");
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<Stream<String>> answer = client.send(request.GET().build(), BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            answer.body().close();
            throw new IOException("it answers " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path, Duration limit) {
        return HttpRequest.newBuilder(observer.resolve(path)).timeout(limit).header("Accept", JSON);
    }

    private JsonObject object(HttpRequest request) throws InterruptedException {
        HttpResponse<String> answer = send(request);
        JsonElement body;
        try {
            body = JsonParser.parseString(answer.body());
        } catch (JsonParseException e) {
            throw strange(answer, e);
        }
        if (!(body instanceof JsonObject object)) {
            throw strange(answer, null);
        }
        if (answer.statusCode() < 300) {
            return object;
        }
        String sentence = object.get("detail") instanceof JsonPrimitive text
                ? text.getAsString()
                : "the observer answers " + answer.statusCode();
        throw switch (answer.statusCode()) {
            case 404 -> new RefusedException(sentence, new FileNotFoundException(sentence));
            case 503, 504 -> new RefusedException(sentence, new ConnectException(sentence));
            default -> new RefusedException(sentence);
        };
    }

    private RefusedException strange(HttpResponse<String> answer, @org.jspecify.annotations.Nullable Throwable cause) {
        String sentence = "at " + observer + " is no observer: " + answer.uri().getPath() + " is answered with "
                + answer.statusCode() + " and no JSON";
        return cause == null ? new RefusedException(sentence) : new RefusedException(sentence, cause);
    }

    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        room.acquire();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw new RefusedException("the observer at " + observer + " has not answered in time", e);
        } catch (ConnectException e) {
            throw new RefusedException("there is no observer at " + observer + ": nobody listens there", e);
        } catch (IOException e) {
            throw new RefusedException("the observer at " + observer + " broke off: " + e, e);
        } finally {
            room.release();
        }
    }

    /** Ends what is under way. Idempotent. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
