package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes to the observer's port, and who is let in. */
class ReceptionTest {
    private final Switchboard board = new Switchboard(new FleetSettings(2, 100), Optional.empty());
    private final Reception reception;

    ReceptionTest() throws IOException {
        reception = Reception.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), board);
    }

    @AfterEach
    void close() {
        reception.close();
        board.close();
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(
                InetAddress.ofLiteral("127.0.0.1"),
                reception.listens().socketAddress().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private void everybodyElseIsServed() throws IOException, InterruptedException {
        try (Caller caller = Caller.dial(reception.listens(), "good", command -> new JsonObject())) {
            assertThat(caller.boot("127.0.0.1:7001", "a")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "474554202f20485454502f312e310d0a486f73743a20610d0a0d0a", // HTTP
                "16030100c8010000c40303aabbccddeeff00112233445566778899", // TLS
                "c00100017f00000100000000000000000000000100000000", // HELLO of a link
                "80201b587f0000010000000000000000000000007fffffff", // REGISTER of 2 GB
                "80201b587f00000100000000000000000000000000010001", // REGISTER of 64 KB and one byte
                "80201b587f00000100000000000000000000000000000002" + "5b5d", // REGISTER with a list
                "80201b587f00000100000000000000000000000000000002" + "7b7d", // REGISTER with nothing
                "80231b587f00000100000000000000000000000000000002" + "7b7d", // BOOT first
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "000000000000000000000000000000000000000000000000000000"
            })
    void who_is_no_container_loses_the_connection_and_costs_nobody_anything(String opening) throws Exception {
        try (Socket stranger = dial()) {
            stranger.getOutputStream().write(HexFormat.of().parseHex(opening));
            assertThat(closed(stranger)).isTrue();
        }
        everybodyElseIsServed();
        assertThat(board.homes()).hasSizeLessThan(2);
    }

    private static boolean closed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("reset"); // what it said was not all read
        }
    }

    @Test
    void who_says_nothing_or_stops_in_the_opening_is_shown_out_after_three_seconds() throws Exception {
        long began = System.nanoTime();
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < Reception.MOST_STRANGERS; i++) {
            silent.add(dial());
            if (i % 2 == 0) {
                silent.getLast().getOutputStream().write(new byte[] {(byte) 0x80, 0x20, 1});
            }
        }
        try (Socket tooMany = dial()) {
            assertThat(closed(tooMany)).isTrue();
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(3));
        }
        for (Socket socket : silent) {
            assertThat(closed(socket)).isTrue();
            socket.close();
        }
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.SECONDS.toNanos(2));
        Await.until("there is room again", () -> {
            try {
                everybodyElseIsServed();
                return true;
            } catch (IOException | InterruptedException e) {
                return false;
            }
        });
    }

    @Test
    void a_container_of_other_rules_is_told_which_version_is_spoken() throws Exception {
        try (Line line = Line.over(dial())) {
            line.put(new Opening(2, 9, "x", "host", 1, "25", "now").frame());
            Frame answer = line.readOpening();
            assertThat(answer.type()).isEqualTo(LineType.UNWELCOME);
            assertThat(answer.text()).isEqualTo("this observer speaks version 1 of the line, and the container 2 to 9");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8023 {\"node\":\"x\",\"name\":\"a\"}",
                "8023 {\"node\":\"127.0.0.1:7001\"}",
                "8023 {\"node\":\"127.0.0.1:7001\",\"name\":[]}",
                "8025 {\"number\":1}",
                "8025 {\"number\":1,\"time\":\"now\",\"kind\":\"a\",\"node\":\"\",\"id\":\"\",\"sentence\":\"\",\"detail\":{}}",
                "8026 {\"do\":\"status\"}",
                "8027 []",
                "8020 {}"
            })
    void a_container_that_breaks_a_rule_loses_its_line_alone(String said) throws Exception {
        try (Caller good = Caller.dial(reception.listens(), "good", command -> new JsonObject());
                Line bad = Line.over(dial())) {
            bad.put(Opening.of("bad", "host", 1, "25", "now").frame());
            assertThat(bad.readOpening().type()).isEqualTo(LineType.WELCOME);
            byte[] payload = said.substring(5).getBytes(StandardCharsets.UTF_8);
            bad.put(new Frame(Integer.parseInt(said.substring(0, 4), 16), 1, 0, payload));

            assertThatThrownBy(() -> {
                        while (true) {
                            bad.read(5000);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(".*(closed|reset).*");
            assertThat(good.boot("127.0.0.1:7001", "a")).isEmpty();
        }
    }

    @Test
    void who_leaves_without_a_byte_is_not_worth_a_line_and_who_breaks_off_is() throws Exception {
        List<String> ours = new CopyOnWriteArrayList<>();
        List<String> said = new CopyOnWriteArrayList<>();
        Handler hearing = new Handler() {
            @Override
            public void publish(LogRecord line) {
                String sentence = new SimpleFormatter().formatMessage(line);
                if (ours.stream().anyMatch(sentence::startsWith)) { // others are of those who were here before
                    said.add(line.getLevel() + " " + sentence);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Reception.class.getName());
        logger.setLevel(Level.FINE);
        logger.addHandler(hearing);
        try {
            try (Socket socket = dial()) {
                ours.add("127.0.0.1:" + socket.getLocalPort() + " ");
            }
            Await.until("it has gone", () -> said.size() == 1);
            try (Socket socket = dial()) {
                ours.add("127.0.0.1:" + socket.getLocalPort() + " ");
                socket.getOutputStream().write(0x80);
            }
            Await.until("the other has gone", () -> said.size() == 2);

            assertThat(said.getFirst()).matches("FINE .* is no container: the other end closed the line");
            assertThat(said.getLast())
                    .matches("INFO .* is no container: the other end closed the line in the middle of a frame");
        } finally {
            logger.removeHandler(hearing);
            logger.setLevel(null);
        }
    }
}
