package ioverlay.shell;

import ioverlay.api.observer.UploadedBundle;
import java.util.List;
import picocli.CommandLine;

/** {@code overlay:uploads}. */
@CommandLine.Command(
        name = "uploads",
        description = "Lists the bundles that this container's observer keeps, for rollouts.",
        footer = {"", "Gives a list of UploadedBundle."})
final class UploadsCommand extends Command {
    private static final int DIGITS_SHOWN = 12;

    @Override
    Object run(Container container, Here here) {
        return shown(UploadCommand.uploads(container).bundles());
    }

    static Shown<UploadedBundle> shown(List<UploadedBundle> bundles) {
        return Shown.table(bundles, "nothing was uploaded", UploadsCommand::table);
    }

    private static Sheet table(List<UploadedBundle> bundles, Look look) {
        Sheet table = Sheet.of("bundle", "version", "algorithms", ">bytes", "uploaded", "sha256");
        for (UploadedBundle bundle : bundles) {
            String sha256 = bundle.sha256();
            table.row(
                    bundle.bundle(),
                    bundle.version(),
                    Cell.harmless(String.join(", ", bundle.algorithms())),
                    bundle.bytes(),
                    Clock.time(bundle.uploaded()),
                    look.columns() == 0 ? sha256 : sha256.substring(0, Math.min(DIGITS_SHOWN, sha256.length())));
        }
        return table;
    }
}
