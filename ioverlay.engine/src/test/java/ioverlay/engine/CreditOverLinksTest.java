package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.MessageType;
import ioverlay.io.wire.Reverse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many more credits than may go unread: an honest sender is asked whether it reads them, and answers. */
@Timeout(120)
class CreditOverLinksTest {
    private static final int CREDITS = 3 * Reverse.MOST_UNPROVEN;
    private static final int APPLICATIONS = 5;
    private static final Content CONTENT = Content.of(Testbed.SMALL_BUFFER / 2); // so that each message earns a credit

    private final Testbed testbed = Testbed.open();
    private final Node to = testbed.node("to", Testbed.SMALL_BUFFER);
    private final Node from = testbed.node("from", Testbed.SMALL_BUFFER);

    @AfterEach
    void close() {
        testbed.close();
    }

    @Test
    void one_application_keeps_its_link() {
        Testbed.serve(to, Forwarder.delivering());
        CheckingSink sink = Testbed.attach(to, Testbed.APP, new CheckingSink(CONTENT));
        Testbed.serve(from, Forwarder.to(to.id()));
        Testbed.attach(from, Testbed.APP, NumberedSource.of(CONTENT, CREDITS));
        Await.until("all messages", () -> sink.received() == CREDITS);
        assertThat(sink.account()).isEqualTo(CheckingSink.intact(CREDITS));
    }

    @Test
    void many_applications_keep_the_link_that_they_share() {
        Testbed.serve(to, Forwarder.delivering());
        Forwarder forwarder = Testbed.serve(from, Forwarder.to(to.id()));
        CheckingSink[] sinks = new CheckingSink[APPLICATIONS];
        for (int i = 0; i < APPLICATIONS; i++) {
            sinks[i] = Testbed.attach(to, 100 + i, new CheckingSink(CONTENT));
            Testbed.attach(from, 100 + i, NumberedSource.of(CONTENT, CREDITS / APPLICATIONS));
        }
        for (CheckingSink sink : sinks) {
            Await.until("all messages", () -> sink.received() == CREDITS / APPLICATIONS);
            assertThat(sink.account()).isEqualTo(CheckingSink.intact(CREDITS / APPLICATIONS));
        }
        assertThat(forwarder.heard(MessageType.LINK_FAILED)).isEmpty();
        assertThat(forwarder.heard(MessageType.LINK_UP)).hasSize(1);
    }
}
