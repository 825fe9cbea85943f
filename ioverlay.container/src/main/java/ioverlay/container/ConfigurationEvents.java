package ioverlay.container;

import com.google.gson.JsonObject;

/** Makes an event of each word on a configured node. A service of its own: tools see those of the api only. */
final class ConfigurationEvents implements ConfigurationLog {
    private final EventLog events;

    ConfigurationEvents(EventLog events) {
        this.events = events;
    }

    @Override
    public void made(String pid, String node) {
        add("node.configured", node, "all that " + pid + " asks for is there", pid);
    }

    @Override
    public void refused(String pid, String node, String sentence) {
        add("node.refused", node, sentence, pid);
    }

    private void add(String kind, String node, String sentence, String pid) {
        JsonObject detail = new JsonObject();
        detail.addProperty("pid", pid);
        events.add(kind, node, sentence, detail);
    }
}
