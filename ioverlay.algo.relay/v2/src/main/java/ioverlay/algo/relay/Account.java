package ioverlay.algo.relay;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Messages that came in, and their bytes, headers included. */
final class Account {
    private static final String MESSAGES = "messages";
    private static final String BYTES = "bytes";

    private long messages;
    private long bytes;

    void add(long size) {
        messages++;
        bytes += size;
    }

    void add(Account other) {
        messages += other.messages;
        bytes += other.bytes;
    }

    boolean isEmpty() {
        return messages == 0;
    }

    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    /** Its two numbers, into an object that may hold others. */
    JsonObject writeTo(JsonObject json) {
        json.addProperty(MESSAGES, messages);
        json.addProperty(BYTES, bytes);
        return json;
    }

    /**
     * Reads its two numbers; what is missing is 0.
     *
     * @throws IllegalArgumentException if one is no number, or negative
     */
    static Account read(JsonObject json) {
        Account account = new Account();
        account.messages = number(json, MESSAGES);
        account.bytes = number(json, BYTES);
        return account;
    }

    private static long number(JsonObject json, String name) {
        JsonElement value = json.get(name);
        if (value == null) {
            return 0;
        }
        try {
            long number = value.getAsLong();
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException | IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(rule(name, value), e);
        }
        throw new IllegalArgumentException(rule(name, value));
    }

    private static String rule(String name, JsonElement value) {
        return "the relay's count of " + name + " is a whole number of 0 or more, not " + value;
    }
}
