package ioverlay.engine;

import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.Outlet;
import ioverlay.api.Session;
import java.time.Duration;

/** A source and a slow sink in one: sends what it can and takes its time for each message that comes. */
final class EchoingApplication implements Application {
    private final NumberedSource source;
    private final CheckingSink sink;

    EchoingApplication(Content content, Duration each) {
        source = NumberedSource.endless(content);
        sink = new CheckingSink(content).slow(each);
    }

    @Override
    public void begin(Session session) {
        source.begin(session);
    }

    @Override
    public long produce(Outlet outlet) {
        return source.produce(outlet);
    }

    @Override
    public void consume(Message message) {
        sink.consume(message);
    }
}
