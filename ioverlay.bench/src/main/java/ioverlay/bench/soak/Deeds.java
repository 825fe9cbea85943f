package ioverlay.bench.soak;

import com.google.gson.JsonObject;

/** How often what was done. */
final class Deeds {
    int joins;
    int leaves;
    int kills;
    int rates;
    int swaps;
    int notSwapped;
    long messages;

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("joins", joins);
        json.addProperty("leaves", leaves);
        json.addProperty("kills", kills);
        json.addProperty("rateChanges", rates);
        json.addProperty("swaps", swaps);
        json.addProperty("swapsRefusedOrReturned", notSwapped);
        json.addProperty("messages", messages);
        return json;
    }

    @Override
    public String toString() {
        return joins + " joins, " + leaves + " leaves, " + kills + " kills, " + rates + " rate changes, " + swaps
                + " swaps";
    }
}
