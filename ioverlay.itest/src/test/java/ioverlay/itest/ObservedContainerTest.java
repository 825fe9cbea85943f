package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The bundles of agent, observer and web server in one framework. */
final class ObservedContainerTest {
    @Test
    void allBundlesStartAndTheWebServerAnswersAtOnceWithoutSayingWhoItIs() throws Exception {
        try (LiveContainer container = LiveContainer.observed();
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(container.context().getBundles())
                    .allSatisfy(bundle ->
                            assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE));
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(container.web().resolve("/nothing-there"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("server")).isEmpty();
        }
    }
}
