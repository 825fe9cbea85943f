package ioverlay.observer.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import java.io.IOException;

/** Commands to nodes and containers ({@code docs/commands.md}); what they mean is for the container to say. */
final class CommandResources {
    /** Longest command, in bytes. */
    static final int LONGEST = 256 << 10;

    private final Fleet fleet;
    private final SwapAdvice advice;

    CommandResources(Fleet fleet, SwapAdvice advice) {
        this.fleet = fleet;
        this.advice = advice;
    }

    void addTo(Routes routes) {
        routes.add("POST", "/api/nodes/{id}/commands", this::node);
        routes.add("POST", "/api/containers/{id}/commands", this::container);
    }

    private Answer node(Request request) throws IOException {
        JsonObject command = command(request);
        Member member = NodeResources.member(fleet, request.path("id"));
        JsonElement result = Obeyed.await(fleet.order(member.id(), command, request.who()));
        return answer("node", member.id().toString(), command, advice.on(member, command, result));
    }

    private Answer container(Request request) throws IOException {
        JsonObject command = command(request);
        String id = request.path("id");
        if (fleet.homes().stream().noneMatch(home -> home.id().equals(id))) {
            throw new Problem(404, "no container '" + id + "' has a line to this observer");
        }
        return answer("container", id, command, Obeyed.await(fleet.orderHome(id, command, request.who())));
    }

    private static JsonObject command(Request request) throws IOException {
        JsonObject command = request.json(LONGEST);
        if (!(command.get("do") instanceof JsonPrimitive text) || !text.isString()) {
            throw new Problem(400, "a command says what to do as a text named 'do'");
        }
        return command;
    }

    private static Answer answer(String kind, String id, JsonObject command, JsonElement result) {
        JsonObject answer = new JsonObject();
        answer.addProperty(kind, id);
        answer.add("do", command.get("do"));
        answer.add("result", result);
        return Answer.of(answer);
    }
}
