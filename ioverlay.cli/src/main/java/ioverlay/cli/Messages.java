package ioverlay.cli;

import com.google.gson.JsonObject;

/**
 * What became of the source's messages, over all receivers: {@code sent = delivered + lost}.
 *
 * @param sent messages of the source, times receivers
 * @param delivered distinct messages that receivers got
 * @param duplicated messages that a receiver got again
 * @param reordered messages that a receiver got after a later one
 */
record Messages(long sent, long delivered, long duplicated, long reordered) {
    long lost() {
        return sent - delivered;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("sent", sent);
        json.addProperty("delivered", delivered);
        json.addProperty("lost", lost());
        json.addProperty("duplicated", duplicated);
        json.addProperty("reordered", reordered);
        return json;
    }
}
