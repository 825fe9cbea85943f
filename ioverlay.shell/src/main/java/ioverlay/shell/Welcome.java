package ioverlay.shell;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;

/** What the profile calls when a shell opens: says what there is, and makes the tabulator key work. */
final class Welcome implements Function {
    static final String NAME = "_welcome";

    private final Completion completion;

    Welcome(Completion completion) {
        this.completion = completion;
    }

    @Override
    public @Nullable Object execute(CommandSession session, List<Object> arguments) {
        completion.install(session);
        boolean attached = session.get(ExitCommand.LEAVE) != null;
        Here here = Here.in(session);
        here.out().println("The Felix shell of iOverlay: nodes, status, swap, deploy, why and more; 'help' lists all.");
        here.out()
                .println(attached ? "'exit' leaves the shell; the container goes on." : "'exit' stops the container.");
        return null;
    }
}
