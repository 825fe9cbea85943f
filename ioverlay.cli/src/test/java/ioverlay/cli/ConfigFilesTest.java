package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

/** Files and the configurations made of them: each follows the other. */
class ConfigFilesTest {
    private static final String PID = "ioverlay.node~a";

    private final List<String> calls = new ArrayList<>();
    private @Nullable Dictionary<String, Object> stored;

    @TempDir
    private Path directory;

    private Path file;
    private ConfigFiles files;

    @BeforeEach
    void install() throws IOException {
        file = Files.writeString(
                directory.resolve("ioverlay.node~a.cfg.json"), "{\"slots\":[\"0=relay\"],\"port\":7001}");
        Configuration configuration = fake(Configuration.class, this::answer);
        files = new ConfigFiles(fake(ConfigurationAdmin.class, (method, arguments) -> configuration));
        files.install(file.toFile());
    }

    private interface Answers {
        @Nullable Object to(String method, Object @Nullable [] arguments);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    @SuppressWarnings("unchecked") // the argument of both is that
    private @Nullable Object answer(String method, Object @Nullable [] arguments) {
        return switch (method) {
            case "getPid" -> PID;
            case "getProperties" -> stored;
            case "update", "updateIfDifferent" -> {
                calls.add(method);
                stored = (Dictionary<String, Object>) Objects.requireNonNull(arguments)[0];
                yield method.equals("update") ? null : true;
            }
            default -> throw new AssertionError(method);
        };
    }

    @SuppressWarnings({"unchecked", "JdkObsolete"}) // nobody asks the first anything; ConfigAdmin takes the second
    private void change(Map<String, Object> values) {
        stored = new Hashtable<>(values);
        files.configurationEvent(new ConfigurationEvent(
                fake(ServiceReference.class, (method, arguments) -> null),
                ConfigurationEvent.CM_UPDATED,
                "ioverlay.node",
                PID));
    }

    @Test
    void whatIsChangedOtherwiseIsWrittenIntoTheFile() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        change(Map.of("port", 7002L, "slots", new String[] {"0=relay;versions=[1,2)"}, "service.pid", PID));
        assertThat(JsonParser.parseString(Files.readString(file)))
                .isEqualTo(JsonParser.parseString("{\"port\": 7002, \"slots\": [\"0=relay;versions=[1,2)\"]}"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
        files.update(file.toFile());
        assertThat(calls)
                .as("what ConfigAdmin has already is no change")
                .containsExactly("update", "updateIfDifferent");
        assertThat(Objects.requireNonNull(stored).get("port")).isEqualTo(7002L);
    }

    @Test
    void aFileThatSaysTheSameStaysAsItWasWritten() throws IOException {
        String before = Files.readString(file);
        change(Map.of("port", 7001L, "slots", new String[] {"0=relay"}, "service.pid", PID));
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void aFileThatIsGoneIsNotMadeAgain() throws IOException {
        Files.delete(file);
        change(Map.of("port", 7002L));
        assertThat(file).doesNotExist();
    }
}
