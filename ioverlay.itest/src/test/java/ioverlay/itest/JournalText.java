package ioverlay.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Reads a journal as {@code docs/journal.md} describes it, without the container's code. */
final class JournalText {
    private JournalText() {}

    /** Its records; all lines but a last one without a line feed have to be whole. */
    static List<JsonObject> records(Path journal) throws IOException {
        List<JsonObject> records = new ArrayList<>();
        String text = Files.readString(journal);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            CRC32C sum = new CRC32C();
            sum.update(line.substring(9).getBytes(UTF_8));
            assertThat(line).startsWith("%08x ".formatted(sum.getValue()));
            records.add(JsonParser.parseString(line.substring(9)).getAsJsonObject());
        }
        return records;
    }

    /** What the nodes are to be, as {@code NAME=ADDRESS=VERSION}, with one slot each. */
    static String nodes(Path journal) throws IOException {
        Map<String, String> address = new TreeMap<>();
        Map<String, String> version = new TreeMap<>();
        for (JsonObject record : records(journal)) {
            String node = record.has("node") ? record.get("node").getAsString() : "";
            switch (record.get("kind").getAsString()) {
                case "made" -> {
                    address.put(
                            node,
                            record.get("address").getAsString() + ":"
                                    + record.get("port").getAsInt());
                    JsonElement slot = record.getAsJsonArray("slots").get(0);
                    version.put(node, slot.getAsJsonObject().get("version").getAsString());
                }
                case "chosen" -> version.put(node, record.get("version").getAsString());
                case "removed" -> address.remove(node);
                default -> {} // says nothing of who serves for good
            }
        }
        List<String> nodes = new ArrayList<>();
        address.forEach((node, at) -> nodes.add(node + "=" + at + "=" + version.get(node)));
        return String.join(" ", nodes);
    }
}
