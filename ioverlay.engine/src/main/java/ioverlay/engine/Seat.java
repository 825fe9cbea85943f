package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Application;
import ioverlay.api.Delivery;
import ioverlay.api.MessageType;
import ioverlay.api.Outlet;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.io.counts.Count;
import ioverlay.io.memory.Range;
import ioverlay.io.memory.Views;
import ioverlay.io.message.SlabMessage;
import ioverlay.io.threads.Tally;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A local application at a node: its own thread lets it consume what the algorithm delivers and produce as far as there
 * is room, outside every turn.
 *
 * <p><b>Threads:</b> one platform thread makes all calls to the application: whatever it does there, it holds no carrier of
 * the virtual threads that switch.
 */
final class Seat {
    private static final System.Logger LOG = System.getLogger(Seat.class.getName());
    private static final int BATCH_MESSAGES = 64;
    private static final long STATUS_TIMEOUT_MS = 200;
    private static final long NOTHING_WRITTEN_PAUSE_NS = 1_000_000;

    static final Comparator<ApplicationStatus> ORDER =
            Comparator.comparing(ApplicationStatus::application, Integer::compareUnsigned);

    private final Switch node;
    private final String type;
    private final Application instance;

    /** Whether it produces at all: what only consumes runs until it is ended. */
    private final boolean isSource;

    private final SeatSession session;
    private final SeatBox box;
    private final Port source;
    private final Views views = new Views();
    private final ConcurrentLinkedQueue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private long dueNs;

    /** Volatile: set by the seat's thread when it starts, woken by others. */
    private volatile @Nullable Thread thread;

    private final Tally consumed = new Tally();
    private final Tally consumedBytes = new Tally();
    private final Tally produced = new Tally();

    /** Volatile: written by the seat's thread only, read for the status. */
    private volatile String failure = "";

    private volatile JsonObject lastDetail = new JsonObject();

    /** Volatile: the turn and the node's closing tell the seat's thread. */
    private volatile boolean closing;

    private volatile boolean sourceClosed;

    /** Volatile: whether the seat sleeps, so that the turn wakes it only then. */
    private volatile boolean asleep;

    Seat(Switch node, int application, String type, Application instance, JsonObject settings) {
        this.node = node;
        this.type = type;
        this.instance = instance;
        this.isSource = produces(instance.getClass());
        this.session = new SeatSession(node, application, settings);
        this.box = new SeatBox(node.config().bufferBytes(), this::wake);
        this.source = new Port(node, node.self(), application, false);
        source.whenTaken(() -> {
            if (asleep && source.pendingBytes() <= node.config().bufferBytes() / 2) {
                wake();
            }
        });
    }

    private static boolean produces(Class<? extends Application> type) {
        try {
            return type.getMethod("produce", Outlet.class).getDeclaringClass() != Application.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every application has it", e);
        }
    }

    SeatBox box() {
        return box;
    }

    Port source() {
        return source;
    }

    /** Whether anything was ever delivered here. */
    boolean hasConsumed() {
        return consumed.get() > 0;
    }

    /** Whether it consumes no more. */
    boolean isOver() {
        return ended.isDone();
    }

    private boolean hasFailed() {
        return !failure.isEmpty();
    }

    /** Starts the thread and waits for the application's {@code begin}. */
    void start() throws Exception {
        node.threads().startForeign("app-" + Integer.toUnsignedString(session.application()), this::live);
        try {
            begun.get(Node.ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception why) {
                throw why;
            }
            throw e;
        } catch (TimeoutException e) {
            close();
            throw new IllegalStateException(
                    "the application " + type + " did not begin within " + Node.ANSWER_TIMEOUT_MS + " ms", e);
        }
    }

    private void live() {
        thread = Thread.currentThread();
        try {
            session.tick();
            instance.begin(session);
            SourceOutlet outlet = new SourceOutlet(node, source, views, instance.delivery() == Delivery.LIVE);
            begun.complete(null);
            while (!closing) {
                if (!step(outlet)) {
                    sleep();
                }
            }
        } catch (Throwable e) {
            failed(e);
        } finally {
            finish();
        }
    }

    private void failed(Throwable e) {
        if (closing) {
            return; // an interrupt of the closing node, most likely
        }
        failure = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        if (!begun.completeExceptionally(e)) {
            LOG.log(System.Logger.Level.WARNING, node.name() + ": the application " + type + " failed: " + failure);
            node.happened("application.failed", "the application " + type + " failed: " + failure, new JsonObject());
        }
    }

    private void finish() {
        try {
            views.end();
            lastDetail = instance.status();
            instance.end();
        } catch (Throwable e) {
            // Plug-in boundary: the application is over anyhow.
            LOG.log(System.Logger.Level.WARNING, node.name() + ": the application " + type + " did not end well", e);
        }
        ended.complete(null);
        node.post(this::leave); // in the turn, which has seen by now that the seat is over
    }

    private void leave() {
        sweep();
        orphan();
    }

    /** Nothing more is to be expected of its source. The turn. */
    void orphan() {
        boolean failed = hasFailed();
        node.orphan(
                source,
                failed ? Domino.FAILED : Domino.ENDED,
                failed ? "the application failed: " + failure : "the application was detached");
    }

    /** The seat is over: what was delivered and not consumed is counted. The turn. */
    void sweep() {
        long lost = box.abandon();
        for (Range left = box.poll(); left != null; left = box.poll()) {
            box.consumed(left);
            lost++;
        }
        node.counters().add(Count.MESSAGES_UNDELIVERED, lost);
    }

    /** One round; false if there was nothing to do. */
    private boolean step(SourceOutlet outlet) throws Exception {
        session.tick();
        boolean worked = false;
        for (Runnable question = questions.poll(); question != null; question = questions.poll()) {
            question.run();
        }
        int count = 0;
        for (Range next = box.poll(); next != null; next = count < BATCH_MESSAGES ? box.poll() : null) {
            consume(next);
            count++;
            worked = true;
        }
        if (isProducing() && dueNs <= session.now() && outlet.hasRoom()) {
            dueNs = instance.produce(outlet);
            long written = outlet.flush();
            produced.add(written);
            if (written == 0 && dueNs <= session.now()) {
                dueNs = session.now() + NOTHING_WRITTEN_PAUSE_NS; // a source that is due and has nothing must not spin
            }
            worked |= written > 0;
        }
        views.end();
        return worked;
    }

    private boolean isProducing() {
        return !sourceClosed && dueNs != Application.FINISHED;
    }

    private void consume(Range delivery) throws Exception {
        SlabMessage message = new SlabMessage(views, delivery.slab(), delivery.from(), node.self(), null);
        try {
            instance.consume(message);
        } finally {
            message.end();
            consumed.add(1);
            consumedBytes.add(delivery.bytes());
            if (box.consumed(delivery)) {
                node.post(box::admit);
            }
        }
    }

    private void sleep() {
        asleep = true;
        try {
            boolean room = source.pendingBytes() < node.config().bufferBytes();
            if (closing || !box.isEmpty() || !questions.isEmpty()) {
                return;
            }
            if (isProducing() && room) {
                LockSupport.parkNanos(this, Math.max(1, dueNs - node.elapsedNs()));
            } else {
                LockSupport.park(this);
            }
        } finally {
            asleep = false;
        }
    }

    private void wake() {
        if (asleep) {
            rouse();
        }
    }

    private void rouse() {
        Thread sleeper = thread;
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Nothing more is produced; what was delivered is still consumed. */
    void closeSource() {
        sourceClosed = true;
    }

    /** Ends the application; returns at once. */
    void close() {
        closing = true;
        rouse();
    }

    boolean awaitEnd(long timeoutMs) throws InterruptedException {
        try {
            ended.get(timeoutMs, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** What it is doing; asks the application on its own thread, or says what it said last. Not from the turn. */
    ApplicationStatus status() {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        if (!ended.isDone()) {
            questions.add(() -> answer.complete(instance.status()));
            rouse();
            lastDetail = answer.completeOnTimeout(lastDetail, STATUS_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .join();
        }
        return known();
    }

    /** The same, with what the application said when it was last asked; any thread. */
    ApplicationStatus known() {
        String state = hasFailed() ? "failed" : isSource && dueNs == Application.FINISHED ? "finished" : "running";
        return new ApplicationStatus(
                session.application(),
                type,
                state,
                produced.get(),
                source.arrivedBytes(),
                consumed.get(),
                consumedBytes.get(),
                box.skipped(),
                failure,
                lastDetail);
    }

    static int dataType(int type, boolean live) {
        if (type < 1 || type >= MessageType.LIVE) {
            throw new IllegalArgumentException(
                    "an application sends data types, 1 to 0x1fff, not 0x" + Integer.toHexString(type));
        }
        return live ? type | MessageType.LIVE : type;
    }
}
