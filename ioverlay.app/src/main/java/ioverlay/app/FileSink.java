package ioverlay.app;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.ApplicationType;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Session;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Receives one file from a {@code file.source}, bit by bit as it was.
 *
 * <p><b>Behaviour:</b> takes the file of the first originator it hears; messages of others are ignored. It writes
 * {@code NAME.part} and gives it its name when the size and the SHA-256 are those of the source (the system decides when
 * it is on the disk). Whatever goes wrong, a missing chunk, a full disk, an end too early, leaves no file behind; the
 * status says what it was, and the sink goes on counting, so that the other receivers get theirs.
 *
 * <p><b>Settings:</b> one of the first two.
 *
 * <ul>
 *   <li>{@code directory}: an existing directory; the file gets the name it has at the source
 *   <li>{@code path}: the file to write, in an existing directory
 *   <li>{@code overwrite}: whether an existing file is replaced; default {@code false}
 * </ul>
 *
 * <p><b>Status:</b> {@code state} is {@code waiting}, {@code receiving}, {@code intact} or {@code broken}, and
 * {@code failure} says why; {@code file} its name, {@code bytes} of {@code size} received, {@code sha256} once intact;
 * {@code messages} received (each number once), {@code lost}, {@code duplicated} and {@code reordered} ones, and those
 * {@code ignored}.
 *
 * <p><b>Sample:</b> {@code {"directory": "/tmp/received"}}.
 */
@ApplicationType("file.sink")
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class FileSink implements Application {
    private enum Stage {
        WAITING,
        RECEIVING,
        INTACT,
        BROKEN
    }

    private final SequenceCheck numbers = SequenceCheck.from(0);

    @SuppressWarnings("NullAway.Init") // the engine calls begin before anything else
    private Destination destination;

    private Stage stage = Stage.WAITING;
    private Optional<NodeId> originator = Optional.empty();
    private Optional<Reception> reception = Optional.empty();
    private String sha256 = "";
    private String failure = "";
    private long ignored;

    @Override
    public void begin(Session session) throws IOException {
        destination = Destination.read(Settings.of("file.sink", session.settings(), "directory", "path", "overwrite"));
    }

    @Override
    public void consume(Message message) {
        if (!isFromOriginator(message)) {
            ignored++;
            return;
        }
        boolean isNew = numbers.take(message.sequence());
        if (!isNew || stage == Stage.INTACT || stage == Stage.BROKEN) {
            return;
        }
        try {
            take(message);
        } catch (IOException | IllegalArgumentException e) {
            // This file is lost; the session goes on for the other receivers.
            breakOff(String.valueOf(e.getMessage()));
        }
    }

    private boolean isFromOriginator(Message message) {
        if (originator.isEmpty()) {
            originator = Optional.of(message.sender());
        }
        return originator.get().equals(message.sender());
    }

    private void take(Message message) throws IOException {
        switch (MessageType.plain(message.type())) {
            case FileBegin.TYPE -> start(FileBegin.read(message));
            case MessageType.DATA -> started().chunk(message.sequence(), message.payload());
            case FileEnd.TYPE -> {
                sha256 = started().finish(FileEnd.read(message));
                stage = Stage.INTACT;
            }
            default ->
                throw new IllegalArgumentException(
                        "a file has no messages of type 0x" + Integer.toHexString(message.type()));
        }
    }

    private void start(FileBegin file) throws IOException {
        if (reception.isPresent()) {
            throw new IllegalArgumentException("a second file began before the first had ended");
        }
        reception = Optional.of(destination.receive(file));
        stage = Stage.RECEIVING;
    }

    private Reception started() {
        return reception.orElseThrow(() -> new IllegalArgumentException(
                "the first message of the file did not come: was the sink there in time?"));
    }

    private void breakOff(String why) {
        reception.ifPresent(Reception::discard);
        stage = Stage.BROKEN;
        failure = why;
    }

    @Override
    public JsonObject status() {
        Optional<FileBegin> file = reception.map(Reception::file);
        JsonObject status = new JsonObject();
        status.addProperty("state", stage.name().toLowerCase(Locale.ROOT));
        status.addProperty("file", file.map(FileBegin::file).orElse(""));
        status.addProperty("bytes", reception.map(Reception::bytes).orElse(0L));
        status.addProperty("size", file.map(FileBegin::size).orElse(0L));
        status.addProperty("sha256", sha256);
        status.addProperty("messages", numbers.delivered());
        status.addProperty("lost", numbers.lost());
        status.addProperty("duplicated", numbers.duplicated());
        status.addProperty("reordered", numbers.reordered());
        status.addProperty("ignored", ignored);
        status.addProperty("failure", failure);
        return status;
    }

    @Override
    public void end() {
        if (stage == Stage.RECEIVING) {
            breakOff("the sink was ended before the file was complete");
        }
    }
}
