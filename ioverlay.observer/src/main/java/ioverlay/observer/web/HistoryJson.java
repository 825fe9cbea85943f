package ioverlay.observer.web;

import com.google.gson.stream.JsonWriter;
import ioverlay.observer.history.Course;
import ioverlay.observer.history.Lines;
import ioverlay.observer.history.LinkSample;
import ioverlay.observer.history.LogLine;
import ioverlay.observer.history.Sample;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The past as JSON, written while it is read: what it is together is in nobody's memory. */
final class HistoryJson {
    /** After so many characters of lines no more follow. */
    private static final long MOST_CHARACTERS = 16 << 20;

    private HistoryJson() {}

    private static Writer writer(OutputStream to) {
        return new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    }

    /** The log: {@code "more"} says whether older lines match that are not there. */
    static void write(OutputStream to, Lines lines) throws IOException {
        write(to, lines, MOST_CHARACTERS);
    }

    static void write(OutputStream to, Lines lines, long most) throws IOException {
        Writer out = writer(to);
        out.write("{\"log\":[");
        long characters = 0;
        while (characters < most) {
            Optional<LogLine> line = lines.next();
            if (line.isEmpty()) {
                break;
            }
            String text = line.get().toJson().toString();
            out.write(characters == 0 ? "" : ",");
            out.write(text);
            characters += text.length();
        }
        out.write("],\"more\":" + lines.more() + "}");
        out.flush();
    }

    /** What a node did. */
    static void write(OutputStream to, String node, Course course) throws IOException {
        Writer out = writer(to);
        JsonWriter json = new JsonWriter(out);
        json.beginObject();
        json.name("node").value(node);
        json.name("step").value(course.step());
        json.name("samples").beginArray();
        for (Sample sample : course.samples()) {
            write(json, sample);
        }
        json.endArray();
        json.name("links").beginArray();
        for (LinkSample link : course.links()) {
            write(json, link);
        }
        json.endArray();
        json.endObject();
        json.flush();
    }

    private static void write(JsonWriter json, Sample sample) throws IOException {
        json.beginObject();
        json.name("time").value(sample.time().toString());
        number(json, "inBytesPerSecond", sample.inBytesPerSecond());
        number(json, "outBytesPerSecond", sample.outBytesPerSecond());
        number(json, "inMessagesPerSecond", sample.inMessagesPerSecond());
        number(json, "outMessagesPerSecond", sample.outMessagesPerSecond());
        json.name("queuedBytes").value(sample.queuedBytes());
        json.name("failed").value(sample.failed());
        json.endObject();
    }

    private static void write(JsonWriter json, LinkSample link) throws IOException {
        json.beginObject();
        json.name("time").value(link.time().toString());
        json.name("peer").value(link.peer());
        json.name("way").value(HistoryResources.way(link));
        number(json, "bytesPerSecond", link.bytesPerSecond());
        json.name("queuedBytes").value(link.queuedBytes());
        number(json, "roundTripMicros", link.roundTripMicros());
        json.endObject();
    }

    /** An average of the largest numbers there are may be none. */
    private static void number(JsonWriter json, String name, double value) throws IOException {
        json.name(name).value(Double.isFinite(value) ? value : 0);
    }
}
