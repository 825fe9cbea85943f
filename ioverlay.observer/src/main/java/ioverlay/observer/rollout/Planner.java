package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.RolloutPlan.Strategy;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.repository.Bundles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Version;

/** Finds out which slots a plan concerns, in which wave each goes, and whether the version is there at all. */
final class Planner {
    private static final long LIMIT_MS = 5_000;

    private final Fleet fleet;
    private final Bundles bundles;

    Planner(Fleet fleet, Bundles bundles) {
        this.fleet = fleet;
        this.bundles = bundles;
    }

    /**
     * The slots, wave after wave.
     *
     * @throws RefusedException with the reason why there can be no such rollout
     */
    List<Leg> legs(RolloutPlan plan) {
        Map<Member, List<Slot>> chosen = new LinkedHashMap<>();
        for (Member member : members(plan)) {
            List<Slot> slots = Slot.all(member.status()).stream()
                    .filter(slot -> slot.algorithm().equals(plan.algorithm()))
                    .filter(slot -> plan.application() == 0 || slot.application() == plan.application())
                    .toList();
            List<Slot> others = slots.stream()
                    .filter(slot -> !slot.version().equals(plan.version()))
                    .toList();
            if (slots.isEmpty() && !plan.nodes().isEmpty()) {
                throw new RefusedException(
                        "node " + member.name() + " (" + member.id() + ") has no slot that runs " + what(plan));
            }
            if (!others.isEmpty()) {
                chosen.put(member, others);
            }
        }
        if (chosen.isEmpty()) {
            throw new RefusedException("no node "
                    + (plan.nodes().isEmpty() ? "" : "of those that are named ") + "runs another version of "
                    + what(plan) + " than " + plan.version());
        }
        if (chosen.size() > RolloutPlan.MAX_NODES) {
            throw new RefusedException(
                    "a rollout has at most " + RolloutPlan.MAX_NODES + " nodes, not " + chosen.size());
        }
        long slots = chosen.values().stream().mapToLong(List::size).sum();
        if (slots > Limits.MAX_SLOTS) {
            throw new RefusedException("a rollout has at most " + Limits.MAX_SLOTS + " slots, not " + slots);
        }
        requireVersion(
                plan, chosen.keySet().stream().map(Member::home).distinct().toList());
        return inWaves(plan, chosen);
    }

    private static String what(RolloutPlan plan) {
        return plan.algorithm()
                + (plan.application() == 0
                        ? ""
                        : " for the application " + Integer.toUnsignedString(plan.application()));
    }

    private List<Member> members(RolloutPlan plan) {
        if (plan.nodes().isEmpty()) {
            return fleet.members().stream()
                    .filter(member -> member.state() == Member.State.LIVE)
                    .toList();
        }
        List<Member> members = new ArrayList<>();
        for (String node : plan.nodes()) {
            Member member = fleet.member(node)
                    .filter(one -> one.state() == Member.State.LIVE)
                    .orElseThrow(() -> new RefusedException("there is no node '" + node + "' now"));
            if (members.stream().anyMatch(other -> other.id().equals(member.id()))) {
                throw new RefusedException("a rollout names each node once, and '" + node + "' twice");
            }
            members.add(member);
        }
        return members;
    }

    private static List<Leg> inWaves(RolloutPlan plan, Map<Member, List<Slot>> chosen) {
        List<Leg> legs = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Member, List<Slot>> entry : chosen.entrySet()) {
            int wave = plan.strategy() == Strategy.ALL
                    ? 1
                    : number < plan.canary() ? 1 : 2 + (number - plan.canary()) / plan.wave();
            Member member = entry.getKey();
            for (Slot slot : entry.getValue()) {
                legs.add(new Leg(member.id(), member.name(), slot.application(), wave, slot.version(), plan.version()));
            }
            number++;
        }
        return legs;
    }

    /** It is in the repository, or all containers have it already. */
    private void requireVersion(RolloutPlan plan, List<String> homes) {
        if (bundles.offering(plan.algorithm(), Version.parseVersion(plan.version()))
                .isPresent()) {
            return;
        }
        JsonObject command = new JsonObject();
        command.addProperty("do", "algorithms");
        List<CompletableFuture<Boolean>> answers = homes.stream()
                .map(home -> fleet.orderHome(home, command, "")
                        .thenApply(answer -> offers(answer, plan))
                        .completeOnTimeout(false, LIMIT_MS, TimeUnit.MILLISECONDS)
                        .exceptionally(e -> false))
                .toList();
        if (!answers.stream().allMatch(CompletableFuture::join)) {
            throw new RefusedException(plan.algorithm() + " " + plan.version()
                    + " is not in the repository, and not in all containers either: upload its bundle first");
        }
    }

    private static boolean offers(JsonElement answer, RolloutPlan plan) {
        return answer.isJsonObject()
                && answer.getAsJsonObject().get("algorithms") != null
                && answer.getAsJsonObject().get("algorithms").isJsonArray()
                && answer.getAsJsonObject().getAsJsonArray("algorithms").asList().stream()
                        .filter(JsonElement::isJsonObject)
                        .map(JsonElement::getAsJsonObject)
                        .anyMatch(offer -> Slot.text(offer, "name").equals(plan.algorithm())
                                && Slot.text(offer, "version").equals(plan.version()));
    }
}
