package ioverlay.itest.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A trace of the browser, over its DevTools protocol: from here until it is closed. */
final class Trace implements WebSocket.Listener {
    private static final long LIMIT_S = 30;
    private static final String CATEGORIES = "devtools.timeline,disabled-by-default-devtools.timeline";

    private final StringBuilder text = new StringBuilder();
    private final List<JsonObject> events = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> complete = new CompletableFuture<>();

    /** All events while that ran. */
    static List<JsonObject> of(URI devtools, Runnable what) throws Exception {
        Trace trace = new Trace();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket =
                    client.newWebSocketBuilder().buildAsync(devtools, trace).get(LIMIT_S, TimeUnit.SECONDS);
            tell(socket, "{\"id\":1,\"method\":\"Tracing.start\",\"params\":{\"categories\":\"" + CATEGORIES + "\"}}");
            trace.started.get(LIMIT_S, TimeUnit.SECONDS);
            what.run();
            tell(socket, "{\"id\":2,\"method\":\"Tracing.end\"}");
            trace.complete.get(LIMIT_S, TimeUnit.SECONDS);
            socket.abort();
        }
        return List.copyOf(trace.events);
    }

    private static void tell(WebSocket socket, String command) throws Exception {
        socket.sendText(command, true).get(LIMIT_S, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            take(JsonParser.parseString(text.toString()).getAsJsonObject());
            text.setLength(0);
        }
        socket.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void take(JsonObject message) {
        if (message.has("id") && message.get("id").getAsInt() == 1) {
            started.complete(null);
        } else if (message.has("method")) {
            switch (message.get("method").getAsString()) {
                case "Tracing.dataCollected" -> {
                    for (JsonElement event : message.getAsJsonObject("params").getAsJsonArray("value")) {
                        events.add(event.getAsJsonObject());
                    }
                }
                case "Tracing.tracingComplete" -> complete.complete(null);
                default -> {}
            }
        }
    }
}
