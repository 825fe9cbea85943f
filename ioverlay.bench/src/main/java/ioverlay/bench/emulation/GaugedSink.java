package ioverlay.bench.emulation;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.ApplicationType;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.Session;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Notes when messages of a {@link StampedSource} arrive. No settings. */
@ApplicationType("sink.gauged")
@Component(service = Application.class, scope = ServiceScope.PROTOTYPE)
public final class GaugedSink implements Application {
    private final Gauges gauges;
    private Gauge gauge = new Gauge();

    /** Made by the framework for each node. */
    @Activate
    public GaugedSink(@Reference Gauges gauges) {
        this.gauges = gauges;
    }

    @Override
    public void begin(Session session) {
        gauge = gauges.at(session.self(), session.application());
    }

    @Override
    public void consume(Message message) {
        gauge.arrived(
                System.nanoTime(),
                Header.BYTES + message.payloadSize(),
                message.sequence(),
                message.payload().getLong(0));
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("disordered", gauge.losses().disordered());
        return status;
    }
}
