package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.traffic.meter.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The status of a node, its links and slots taken between two calls so that the numbers belong together.
 *
 * <p><b>Threads:</b> the turn.
 */
final class StatusReport {
    private StatusReport() {}

    /** With what the seats have said of themselves before; the control plane adds what only it knows. */
    static NodeStatus of(Switch node, List<ApplicationStatus> applications) {
        Meters meters = node.links().meters();
        return new NodeStatus(
                node.name(),
                node.self(),
                TimeUnit.NANOSECONDS.toMillis(node.elapsedNs()),
                node.links().in().stream()
                        .map(link -> upstream(link, meters.of(link)))
                        .sorted(byPeer())
                        .toList(),
                node.links().out().stream()
                        .map(link -> downstream(link, meters.of(link), node.elapsedNs()))
                        .sorted(byPeer())
                        .toList(),
                node.slots().all().stream()
                        .map(slot -> slot(slot, node.succession().status(slot)))
                        .sorted(Comparator.comparing(SlotStatus::application, Integer::compareUnsigned))
                        .toList(),
                applications,
                node.counters().byName(),
                new PauseStatus(0, 0, 0, 0),
                node.caps().emulation(),
                meters.all(),
                Sessions.of(node),
                meters.lastMile(),
                Optional.empty(),
                Optional.empty(),
                node.ports.weights());
    }

    private static Comparator<LinkStatus> byPeer() {
        return Comparator.comparing(LinkStatus::peer);
    }

    private static LinkStatus upstream(InLink link, Rate rate) {
        long messages = 0;
        long bytes = 0;
        long control = 0;
        long queued = 0;
        List<Integer> applications = new ArrayList<>();
        for (Port port : link.ports) {
            if (port.isControl) {
                control += port.takenMessages();
            } else {
                messages += port.takenMessages();
                bytes += port.takenBytes();
                queued += port.pendingBytes();
                applications.add(port.application);
            }
        }
        return new LinkStatus(
                link.peer,
                "open",
                messages,
                bytes,
                control,
                queued,
                0,
                applications,
                rate.bytes(),
                rate.messages(),
                -1,
                -1,
                0,
                0,
                0,
                0);
    }

    private static LinkStatus downstream(OutLink link, Rate rate, long nowNs) {
        long messages = 0;
        long bytes = 0;
        long queued = 0;
        long unacknowledged = 0;
        List<Integer> applications = new ArrayList<>();
        for (Outbox box : link.boxes()) {
            messages += box.messages();
            bytes += box.bytes();
            queued += box.queuedBytes();
            unacknowledged += box.unacknowledgedBytes();
            applications.add(box.application());
        }
        String state = link.state().name().toLowerCase(Locale.ROOT);
        Wire wire = link.wire();
        return new LinkStatus(
                link.peer,
                state,
                messages,
                bytes,
                link.control().messages(),
                queued,
                unacknowledged,
                applications,
                rate.bytes(),
                rate.messages(),
                link.roundTrip.latestMicros(),
                link.roundTrip.leastMicros(),
                TimeUnit.NANOSECONDS.toMillis(link.roundTrip.ageNs(nowNs)),
                wire == null ? 0 : wire.lostMessages(),
                wire == null ? 0 : wire.lostBytes(),
                wire == null ? 0 : wire.delayedBytes());
    }

    private static SlotStatus slot(Slot slot, JsonObject detail) {
        WrittenBy origin = slot.candidate().occupant().origin();
        return new SlotStatus(
                slot.application,
                origin.algorithm(),
                origin.version(),
                slot.isParked() ? "parked" : "serving",
                slot.processed,
                slot.failed,
                slot.holds.count(),
                slot.holds.bytes(),
                0,
                detail,
                "",
                0,
                slot.stalled,
                slot.sentBytes.get());
    }
}
