package ioverlay.container.journal;

import com.google.gson.JsonObject;
import ioverlay.api.container.SwapResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a sequence of records comes to: the nodes as they are to be, and the answers to the last commands.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class Book {
    /** How many answers are remembered. */
    public static final int MAX_ANSWERS = 1000;

    private final Map<String, NodeEntry> nodes = new TreeMap<>();
    private final Map<String, SwapResult> answers = new LinkedHashMap<>();

    /**
     * Takes one record in.
     *
     * @throws IllegalArgumentException if this version does not know such records; nothing is then changed
     */
    public void apply(JsonObject json) {
        switch (json.get("kind").getAsString()) {
            case "journal" -> requireVersion(json.get("version").getAsInt());
            case "made" -> put(Records.made(json));
            case "removed" -> nodes.remove(node(json));
            case "started" -> change(json, node -> node.with(Records.started(json)));
            case "stopped" -> change(json, node -> node.without(Records.application(json)));
            case "emulated" -> change(json, node -> node.in(Records.emulated(json)));
            case "weighed" -> change(json, node -> node.with(Records.weighed(json)));
            case "trial" -> slot(json, slot -> slot.onTrial(text(json, "algorithm") + " " + text(json, "version")));
            case "chosen" -> slot(json, slot -> SlotEntry.of(json));
            case "returned" -> slot(json, slot -> slot.onTrial(""));
            case "answered" -> remember(Answers.answered(json));
            default ->
                throw new IllegalArgumentException("this version does not know records of the kind '"
                        + text(json, "kind") + "': a newer version has written them");
        }
    }

    private static void requireVersion(int version) {
        if (version > Records.VERSION) {
            throw new IllegalArgumentException("this version reads journals of format " + Records.VERSION + ", not "
                    + version + ": a newer version has written it");
        }
    }

    private void put(NodeEntry node) {
        nodes.put(node.name(), node);
    }

    /** A node that is not there any more needs no change. */
    private void change(JsonObject json, UnaryOperator<NodeEntry> change) {
        nodes.computeIfPresent(node(json), (name, node) -> change.apply(node));
    }

    private void slot(JsonObject json, UnaryOperator<SlotEntry> change) {
        int application = Records.application(json);
        change(
                json,
                node -> node.slots().containsKey(application)
                        ? node.withSlot(application, change.apply(node.slots().get(application)))
                        : node);
    }

    private static String node(JsonObject json) {
        return text(json, "node");
    }

    private static String text(JsonObject json, String key) {
        return json.get(key).getAsString();
    }

    private void remember(SwapResult result) {
        answers.remove(result.request().id());
        answers.put(result.request().id(), result);
        if (answers.size() > MAX_ANSWERS) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    /** By name. */
    public List<NodeEntry> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The node of that name. */
    public Optional<NodeEntry> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** The answer to a command that was done already. */
    public Optional<SwapResult> answer(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    /** As few records as come to the same. */
    public List<JsonObject> records() {
        List<JsonObject> records = new ArrayList<>();
        records.add(Records.version());
        for (NodeEntry node : nodes.values()) {
            records.add(Records.made(node));
            node.slots()
                    .forEach((application, slot) ->
                            trial(node, application, slot).ifPresent(records::add));
            node.applications().values().forEach(application -> records.add(Records.started(node.name(), application)));
            node.weights().forEach(weight -> records.add(Records.weighed(node.name(), weight)));
        }
        answers.values().forEach(answer -> records.add(Answers.answered(answer)));
        return records;
    }

    private static Optional<JsonObject> trial(NodeEntry node, int application, SlotEntry slot) {
        int gap = slot.trial().lastIndexOf(' ');
        return gap < 0
                ? Optional.empty()
                : Optional.of(Records.trial(
                        node.name(),
                        application,
                        slot.trial().substring(0, gap),
                        slot.trial().substring(gap + 1)));
    }
}
