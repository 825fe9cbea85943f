package ioverlay.app;

import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.Payloads;
import java.nio.charset.StandardCharsets;

/**
 * The first message of a file, number 0: what will come. The chunks follow as {@code DATA} messages 1 to n, and
 * {@link FileEnd} as the last; all in the data lane, where order holds.
 *
 * @param file its name, without any path
 * @param size in bytes
 * @param chunkBytes in each chunk but the last, which has the rest
 * @param messages in all, this one and the last included
 */
record FileBegin(String file, long size, int chunkBytes, long messages) {
    /** The message's type, from the authors' data range. */
    static final int TYPE = 0x0101;

    /** Before one is known. */
    static final FileBegin NONE = of("none", 0, 1);

    /** The longest name, in bytes of UTF-8: what file systems take, less what {@link PartFile} appends. */
    static final int MAX_NAME_BYTES = 250;

    /** The largest file, in bytes. */
    static final long MAX_SIZE = 1L << 50;

    /**
     * Checks every value: it may come from the network.
     *
     * @throws IllegalArgumentException with the rule and the value
     */
    FileBegin {
        require(isPlain(file), "a file's name has 1 to " + MAX_NAME_BYTES + " bytes and no path", "'" + file + "'");
        require(size >= 0 && size <= MAX_SIZE, "a file has 0 to " + MAX_SIZE + " bytes", size);
        require(
                chunkBytes >= 1 && chunkBytes <= Header.MAX_PAYLOAD,
                "a chunk has 1 to " + Header.MAX_PAYLOAD + " bytes",
                chunkBytes);
        require(
                messages == messages(size, chunkBytes),
                "so many bytes make " + messages(size, chunkBytes) + " messages",
                messages);
    }

    /** What describes a file that is to be sent in chunks of this size. */
    static FileBegin of(String file, long size, int chunkBytes) {
        return new FileBegin(file, size, chunkBytes, messages(size, chunkBytes));
    }

    private static long messages(long size, int chunkBytes) {
        return Math.ceilDiv(size, chunkBytes) + 2;
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }

    /**
     * Reads the payload.
     *
     * @throws IllegalArgumentException if it is broken; the text gives the rule
     */
    static FileBegin read(Message message) {
        JsonObject json = Payloads.json(message);
        try {
            return new FileBegin(
                    json.getAsJsonPrimitive("file").getAsString(),
                    json.getAsJsonPrimitive("size").getAsLong(),
                    json.getAsJsonPrimitive("chunkBytes").getAsInt(),
                    json.getAsJsonPrimitive("messages").getAsLong());
        } catch (ClassCastException | NullPointerException | NumberFormatException e) {
            throw new IllegalArgumentException("the first message of a file names file, size, chunkBytes, messages", e);
        }
    }

    byte[] payload() {
        JsonObject json = new JsonObject();
        json.addProperty("file", file);
        json.addProperty("size", size);
        json.addProperty("chunkBytes", chunkBytes);
        json.addProperty("messages", messages);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How many chunks there are: they are numbered 1 to this. */
    long chunks() {
        return messages - 2;
    }

    /** The number of the last message. */
    long endSequence() {
        return messages - 1;
    }

    /** Where the chunk starts in the file. */
    long position(long chunk) {
        return (chunk - 1) * chunkBytes;
    }

    /** How many bytes the chunk has. */
    int bytes(long chunk) {
        return (int) Math.min(chunkBytes, size - position(chunk));
    }
}
