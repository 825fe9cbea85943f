package ioverlay.bench.soak;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.SlotSpec;
import ioverlay.bench.Exit;
import ioverlay.bench.Steering;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code overlay bench soak-victim}: one node, as the first line of standard input says, until there is no more input. */
@Command(name = "soak-victim", hidden = true)
public final class VictimCommand implements Callable<Integer> {
    private final Steering steering;
    private final PrintStream out;

    /** Serves in a container. */
    public VictimCommand(Steering steering, PrintStream out) {
        this.steering = steering;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String first = in.readLine();
        if (first == null) {
            return Exit.FAILED;
        }
        JsonObject wanted = JsonParser.parseString(first).getAsJsonObject();
        NodeSpec spec = NodeSpec.named(wanted.get("name").getAsString())
                .withBufferBytes(wanted.get("bufferBytes").getAsInt())
                .withAddress("127.0.0.1", wanted.get("port").getAsInt());
        for (Map.Entry<String, JsonElement> slot :
                wanted.getAsJsonObject("slots").entrySet()) {
            spec = spec.withSlot(
                    Integer.parseInt(slot.getKey()),
                    SlotSpec.of("relay").withSettings(slot.getValue().getAsJsonObject()));
        }
        NodeId id = steering.nodes().create(spec).id();
        JsonObject answer = new JsonObject();
        answer.addProperty("id", id.toString());
        answer.addProperty("port", id.socketAddress().getPort());
        out.println(answer);
        while (in.readLine() != null) {
            // only the end of the input says something
        }
        steering.nodes().remove(spec.name());
        return Exit.OK;
    }
}
