package ioverlay.algo.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Algorithm;
import org.junit.jupiter.api.Test;

class RelayTest extends RelayContract {
    @Override
    Algorithm relay() {
        return new Relay();
    }

    @Test
    void the_status_has_nothing_else() {
        assertThat(begun(new FakePlace("{}")).status()).hasToString("{\"messages\":0,\"bytes\":0,\"next\":[]}");
    }
}
