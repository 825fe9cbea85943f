package ioverlay.observer.history;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Clock;

/** A process of its own that writes until it is killed, and says what it knows to be written. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] arguments) {
        History history = new History(Path.of(arguments[0]), Retention.USUAL, Clock.systemUTC());
        for (int i = 0; ; i++) {
            LogLine line = history.add(HistoryTest.happening("x", "line " + i));
            JsonObject document = new JsonObject();
            document.addProperty("at", i);
            history.documents().put("kind", "same", document);
            history.documents().put("kind", "id" + i, document);
            System.out.println(i + " " + line.number());
        }
    }
}
