package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.container.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The page's files. */
class PageTest {
    private final Page page = new Page(PageTest.class.getClassLoader(), "page/");

    private static byte[] body(Answer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.body().writeTo(out);
        return out.toByteArray();
    }

    @Test
    void the_root_is_the_index() throws IOException {
        Answer answer = page.answer("", null, null);

        assertThat(answer.type()).isEqualTo("text/html;charset=utf-8");
        assertThat(new String(body(answer), StandardCharsets.UTF_8)).contains("<html");
    }

    @Test
    void a_script_is_packed_for_who_takes_it() throws IOException {
        Answer plain = page.answer("js/scene.js", null, "br");
        Answer packed = page.answer("js/scene.js", null, "br, gzip");

        assertThat(packed.headers()).containsEntry("Content-Encoding", "gzip");
        assertThat(plain.headers()).doesNotContainKey("Content-Encoding");
        assertThat(body(packed).length).isLessThan(body(plain).length / 2);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(body(packed))).readAllBytes())
                .isEqualTo(body(plain));
        assertThat(plain.type()).isEqualTo("text/javascript;charset=utf-8");
        assertThat(packed.headers().get("ETag")).isNotEqualTo(plain.headers().get("ETag"));
    }

    @Test
    void what_is_known_is_not_sent_again() {
        String tag = page.answer("js/main.js", null, null).headers().get("ETag");

        assertThat(page.answer("js/main.js", tag, null).status()).isEqualTo(304);
        assertThat(page.answer("js/main.js", "\"other\"", null).status()).isEqualTo(200);
    }

    @Test
    void what_is_not_there_is_not_found() {
        for (String path :
                new String[] {"nothing.js", "js/../index.html", "js", "js/main", "index.class", "/index.html"}) {
            assertThatThrownBy(() -> page.answer(path, null, null))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("nothing");
        }
    }

    @Test
    void the_log_can_be_filtered_for_every_kind_that_there_is() throws IOException {
        String script = new String(body(page.answer("js/views/events.js", null, null)), StandardCharsets.UTF_8);
        String list = script.substring(script.indexOf("const KINDS"), script.indexOf("];"));
        List<String> offered = Pattern.compile("'([a-z.]+)'")
                .matcher(list)
                .results()
                .map(kind -> kind.group(1))
                .toList();
        Stream<String> own = Stream.of("command", "rollout", "upload", "node.joined", "node.lost", "log.omitted");

        assertThat(offered)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Event.KINDS.stream(), own).toList());
    }
}
