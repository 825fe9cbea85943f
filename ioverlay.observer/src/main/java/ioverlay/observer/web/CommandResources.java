package ioverlay.observer.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.fleet.Refusal;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands to nodes and containers ({@code docs/commands.md}); what they mean is for the container to say. */
final class CommandResources {
    /** Longest command, in bytes. */
    static final int LONGEST = 256 << 10;

    /** The fleet's own limits are shorter; this one only ends what should not be. */
    private static final long LIMIT_MINUTES = 15;

    private final Fleet fleet;

    CommandResources(Fleet fleet) {
        this.fleet = fleet;
    }

    void addTo(Routes routes) {
        routes.add("POST", "/api/nodes/{id}/commands", this::node);
        routes.add("POST", "/api/containers/{id}/commands", this::container);
    }

    private Answer node(Request request) throws IOException {
        JsonObject command = command(request);
        Member member = NodeResources.member(fleet, request.path("id"));
        return answer("node", member.id().toString(), command, fleet.order(member.id(), command, request.who()));
    }

    private Answer container(Request request) throws IOException {
        JsonObject command = command(request);
        String id = request.path("id");
        if (fleet.homes().stream().noneMatch(home -> home.id().equals(id))) {
            throw new Problem(404, "no container '" + id + "' has a line to this observer");
        }
        return answer("container", id, command, fleet.orderHome(id, command, request.who()));
    }

    private static JsonObject command(Request request) throws IOException {
        JsonObject command = request.json(LONGEST);
        if (!(command.get("do") instanceof JsonPrimitive text) || !text.isString()) {
            throw new Problem(400, "a command says what to do as a text named 'do'");
        }
        return command;
    }

    private static Answer answer(String kind, String id, JsonObject command, CompletableFuture<JsonElement> result) {
        JsonObject answer = new JsonObject();
        answer.addProperty(kind, id);
        answer.add("do", command.get("do"));
        answer.add("result", await(result));
        return Answer.of(answer);
    }

    private static JsonElement await(CompletableFuture<JsonElement> result) {
        try {
            return result.get(LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "the observer ends");
        } catch (TimeoutException e) {
            throw new Problem(504, "no answer within " + LIMIT_MINUTES + " minutes");
        } catch (ExecutionException e) {
            String sentence = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            throw new Problem(
                    switch (Refusal.of(e)) {
                        case REFUSED -> 409;
                        case UNKNOWN -> 404;
                        case UNREACHABLE -> 503;
                        case LATE -> 504;
                    },
                    sentence);
        }
    }
}
