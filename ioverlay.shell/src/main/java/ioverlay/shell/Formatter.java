package ioverlay.shell;

import ioverlay.api.container.Emulation;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.observer.Rollout;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;

/** Shows what commands found to a person; scripts get the objects themselves. */
final class Formatter implements Converter {
    @Override
    public @Nullable Object convert(Class<?> desiredType, Object in) {
        return null;
    }

    /** The session formats, and hands itself in as the converter for what lies inside. */
    @Override
    public @Nullable CharSequence format(Object target, int level, Converter escape) {
        if (level != INSPECT || !(escape instanceof CommandSession session)) {
            return null;
        }
        return switch (target) {
            case Shown<?> list -> text(list.lines(Look.of(session)));
            case NodeStatus node -> text(NodePage.lines(node, Look.of(session)));
            case Emulation emulation -> text(EmulationPage.lines(emulation, Look.of(session)));
            case Measurement measured -> MeasureCommand.sentence(measured);
            case ShadowReport report -> text(ShadowPage.lines(report, Look.of(session)));
            case Rollout rollout -> text(RolloutPage.lines(rollout, Look.of(session)));
            default -> null;
        };
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines);
    }
}
