package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Replies;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Has commands obeyed and answered.
 *
 * <p><b>Threads:</b> any; commands run on those of {@link Work}.
 */
final class Desk {
    private static final Logger LOG = System.getLogger(Desk.class.getName());
    private static final String DO = "do";
    private static final String NODE = "node";

    private final Services services;
    private final Work work;
    private final Transfers transfers;
    private final Statuses statuses;
    private final Map<String, Verb> nodeVerbs;
    private final Map<String, Verb> homeVerbs;

    Desk(Services services, Work work, Transfers transfers, Statuses statuses) {
        this.statuses = statuses;
        this.services = services;
        this.work = work;
        this.transfers = transfers;
        nodeVerbs = new HashMap<>(new NodeVerbs(services).all());
        nodeVerbs.putAll(new ShadowVerbs(services).all());
        homeVerbs = new HomeVerbs(services).all();
    }

    /** Has a command obeyed; the answer follows. Does not wait, but for the start of a transfer. */
    void obey(Conversation with, int id, JsonObject command) {
        try {
            begin(with, id, command);
        } catch (RefusedException e) {
            work.run(() -> with.answer(Replies.refused(id, sentence(e))));
        }
    }

    private void begin(Conversation with, int id, JsonObject command) {
        String verb = new Demand("a command", command).text(DO);
        boolean toNode = command.has(NODE);
        String node = toNode ? new Demand("a command", command).text(NODE) : "";
        command.remove(DO);
        command.remove(NODE);
        Demand demand = new Demand("the command '" + Demand.shortened(verb) + "'", command);
        if (toNode) {
            toNode(with, id, verb, node, demand);
        } else {
            toHome(with, id, verb, demand);
        }
    }

    private void toNode(Conversation with, int id, String name, String node, Demand demand) {
        Verb verb = known(nodeVerbs, name, "a node");
        demand.requireOnly(verb.members());
        if (!with.has(node)) {
            throw new RefusedException("there is no node '" + Demand.shortened(node) + "' that has this observer");
        }
        Runnable deed = () -> perform(with, id, verb, node, demand);
        admit(verb.isInOrder() ? work.take(node, deed) : work.take(deed));
    }

    private void toHome(Conversation with, int id, String name, Demand demand) {
        switch (name) {
            case "statuses" -> {
                demand.requireOnly(Set.of());
                work.run(() -> statuses(with, id));
            }
            case "receive" -> {
                demand.requireOnly(Set.of("sha256", "bytes"));
                receive(with, id, demand);
            }
            case "add" -> {
                demand.requireOnly(Set.of("sha256"));
                Verb add = Verb.tells((none, asked) -> transfers.add(asked), "sha256");
                admit(work.take(() -> perform(with, id, add, "", demand)));
            }
            default -> {
                Verb verb = known(homeVerbs, name, "a container");
                demand.requireOnly(verb.members());
                admit(work.take(() -> perform(with, id, verb, "", demand)));
            }
        }
    }

    private static void admit(boolean taken) {
        if (!taken) {
            throw new RefusedException(
                    "at most " + Work.MOST_TAKEN + " commands are under way in a container at a time; try again");
        }
    }

    private static Verb known(Map<String, Verb> verbs, String name, String whose) {
        Verb verb = verbs.get(name);
        if (verb == null) {
            Set<String> all = new TreeSet<>(verbs.keySet());
            if ("a container".equals(whose)) {
                all.addAll(Set.of("statuses", "receive", "add"));
            }
            throw new RefusedException(
                    whose + " obeys " + String.join(", ", all) + ", but not '" + Demand.shortened(name) + "'");
        }
        return verb;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the answer is all that follows
    private void perform(Conversation with, int id, Verb verb, String node, Demand demand) {
        try {
            CompletableFuture<JsonElement> result = verb.order().obey(node, demand);
            if (result.isDone()) {
                with.answer(frames(id, result));
            } else {
                // Whoever completes it, as a swap's thread, does not wait for the line.
                result.whenComplete((done, failure) -> work.run(() -> with.answer(frames(id, result))));
            }
        } catch (RuntimeException e) {
            // Boundary of a command: whatever it throws is its answer.
            with.answer(Replies.refused(id, sentence(e)));
        }
    }

    private static List<Frame> frames(int id, CompletableFuture<JsonElement> done) {
        try {
            return Replies.result(id, done.join());
        } catch (CompletionException | CancellationException e) {
            return Replies.refused(id, sentence(e));
        }
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof RefusedException) {
            return String.valueOf(cause.getMessage());
        }
        LOG.log(Level.WARNING, "a command of the observer failed", cause);
        return "the command failed: " + cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    /** On the reader's thread, so that chunks that follow find where they belong. */
    private void receive(Conversation with, int id, Demand demand) {
        long have = transfers
                .receive(demand)
                .map(transfer -> {
                    with.expect(id, transfer);
                    return transfer.have();
                })
                .orElseGet(() -> demand.whole("bytes", 0, Long.MAX_VALUE));
        work.run(() -> with.answer(Replies.result(id, Transfers.have(have))));
    }

    private void statuses(Conversation with, int id) {
        try {
            with.answer(Replies.parts(id, statuses.of(with.nodes())));
        } catch (InterruptedException | RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the agent closes, and nobody waits for the answer any more");
        }
    }

    /** Has something done after so long, unless the agent has closed by then. */
    void later(long millis, Runnable deed) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, work::run)
                .execute(deed);
    }

    /** The observer has named hosts to a node: each of its slots is told. */
    void booted(NodeId node, List<NodeId> known) {
        work.run(() -> {
            try {
                Set<Integer> applications = new HashSet<>();
                services.nodes()
                        .status(node.toString())
                        .ifPresent(status -> status.slots().forEach(slot -> applications.add(slot.application())));
                for (int application : applications) {
                    Message reply = Message.builder(node, MessageType.BOOT_REPLY)
                            .application(application)
                            .payload(known)
                            .build();
                    services.nodes().tell(node.toString(), reply);
                }
            } catch (RefusedException e) {
                LOG.log(Level.DEBUG, "node {0} has ended before it knew others: {1}", node, e.getMessage());
            }
        });
    }
}
