package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.guide.Guide;
import ioverlay.itest.guide.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader who does exactly what {@code docs/write-an-algorithm.md} says gets what it promises. */
@Tag("processes")
final class WriteAnAlgorithmTest {
    @TempDir
    private Path directory;

    private final List<Integer> ports = new ArrayList<>();

    @Test
    void the_guide_leads_to_a_replaced_algorithm() throws Exception {
        List<Guide.Block> blocks = Guide.read(Workspace.ROOT.resolve("docs/write-an-algorithm.md"));
        Guide.Block up = blocks.stream()
                .filter(block -> block.kind().equals("sh up"))
                .findFirst()
                .orElseThrow();
        int at = blocks.indexOf(up);
        try (Author author = Author.in(directory)) {
            for (Guide.Block block : blocks.subList(0, at)) {
                author.follow(block);
            }
            try (Terminal container = Terminal.start(author.shell(), up.text(), "up")) {
                List<String> said = new ArrayList<>();
                for (Guide.Block block : blocks.subList(at + 1, blocks.size())) {
                    if (block.kind().equals("overlay")) {
                        said.add(type(container, block));
                    } else {
                        author.follow(block);
                    }
                }
                judge(said);
                assertThat(container.end("exit")).as(container.said()).isTrue();
            }
        }
    }

    private static void judge(List<String> said) {
        assertThat(said).hasSize(4);
        assertThat(said.get(1)).contains("my.algo.deal", "\"messages\":").doesNotContain("meanBytes");
        assertThat(said.get(2)).contains("1.1.0", "\"meanBytes\":");
        assertThat(said.get(3)).contains("\"lost\":0,\"duplicated\":0,\"reordered\":0");
    }

    private String type(Terminal container, Guide.Block block) throws IOException, InterruptedException {
        String said = container.type(withFreePorts(block.text()));
        // A command that fails says its own name and why.
        assertThat(said.lines()).as(block.toString()).noneMatch(line -> line.startsWith("overlay:"));
        return said;
    }

    /** Tests use no fixed ports: 7001 and 7002 of the guide are others here. */
    private String withFreePorts(String text) throws IOException {
        if (ports.isEmpty()) {
            try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.add(one.getLocalPort());
                ports.add(other.getLocalPort());
            }
        }
        return text.replace("7001", ports.get(0).toString())
                .replace("7002", ports.get(1).toString());
    }
}
