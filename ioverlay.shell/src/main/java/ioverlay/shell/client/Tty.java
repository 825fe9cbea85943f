package ioverlay.shell.client;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that the client was started at.
 *
 * @param columns 0 if there is none
 * @param rows 0 if there is none
 */
record Tty(int columns, int rows) {
    static final Tty NONE = new Tty(0, 0);

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})");
    private static final long ANSWER_TIMEOUT_MS = 2000;

    @SuppressWarnings("SystemConsoleNull") // it is null again since 25, where there is no terminal
    static Tty find() {
        Console console = System.console();
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return console != null && console.isTerminal() && !dumb ? size() : NONE;
    }

    private static Tty size() {
        Matcher numbers = SIZE.matcher(stty("size"));
        return numbers.matches()
                ? new Tty(Integer.parseInt(numbers.group(2)), Integer.parseInt(numbers.group(1)))
                : NONE;
    }

    /** Whether lines can be edited there; a terminal without a width is none. */
    boolean canEdit() {
        return columns > 0 && rows > 0;
    }

    /** Without stty nothing is known of the terminal, so it is used as if it were none. */
    private static String stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process stty = new ProcessBuilder(command)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /**
     * Hands each key to the shell as it is typed, Ctrl-C among them.
     *
     * @param resized hears the terminal's size whenever it changes
     */
    Raw raw(Consumer<Tty> resized) {
        Raw raw = new Raw(stty("-g"));
        Runtime.getRuntime().addShutdownHook(new Thread(raw::close, "overlay-shell-terminal"));
        stty("raw", "-echo");
        onResize(() -> {
            Tty now = size();
            if (now.canEdit()) {
                resized.accept(now);
            }
        });
        return raw;
    }

    /** The JDK's only way to hear a signal is not part of its api: without it the first size stays. */
    private static void onResize(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Tty.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), proxy);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InstantiationException
                | InvocationTargetException e) {
            System.getLogger(Tty.class.getName()).log(System.Logger.Level.DEBUG, "sizes are not followed", e);
        }
    }

    /** The terminal while its keys are handed on; closing gives it back as it was. Idempotent. */
    static final class Raw implements AutoCloseable {
        private final String before;

        private Raw(String before) {
            this.before = before;
        }

        @Override
        public void close() {
            if (!before.isEmpty()) {
                stty(before);
            }
        }
    }
}
