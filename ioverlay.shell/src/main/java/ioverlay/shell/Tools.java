package ioverlay.shell;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/** {@code grep} and its like, as Gogo has them, but without colours where no terminal shows them. */
public final class Tools extends Posix {
    Tools(CommandProcessor processor) {
        super(processor);
    }

    @Override
    protected void grep(CommandSession session, Process process, String[] arguments) throws Exception {
        super.grep(session, process, Look.of(session).colour() ? arguments : uncoloured(arguments));
    }

    private static String[] uncoloured(String[] arguments) {
        return Stream.concat(
                        Stream.of(arguments[0], "--color=never"),
                        Arrays.stream(arguments).skip(1))
                .toArray(String[]::new);
    }
}
