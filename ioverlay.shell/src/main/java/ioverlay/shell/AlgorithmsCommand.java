package ioverlay.shell;

import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.Repository.Retired;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code overlay:algorithms}. */
@CommandLine.Command(
        name = "algorithms",
        description = "Lists the algorithms in their versions, and how many slots each serves.",
        footer = {"", "Gives a list of Offer; with --retired a list of Retired."})
final class AlgorithmsCommand extends Command {
    private static final int DIGITS_SHOWN = 12;

    @Option(names = "--retired", description = "Bundles that left, and what still holds their class loaders.")
    private boolean retired;

    @Override
    Object run(Container container, Here here) {
        return retired
                ? Shown.table(container.repository().retired(), "no bundle was retired", AlgorithmsCommand::retired)
                : offers(container.repository().algorithms());
    }

    /** Offers, as they are shown. */
    static Shown<Offer> offers(List<Offer> offers) {
        return Shown.table(offers, "there are no algorithms", AlgorithmsCommand::offers);
    }

    private static Sheet offers(List<Offer> offers, Look look) {
        Sheet table = Sheet.of("algorithm", "version", "state", ">slots", "bundle", ">number", "sha256");
        for (Offer offer : offers) {
            String sha256 = offer.sha256();
            table.row(
                    offer.name(),
                    offer.version(),
                    States.cell(offer.state()),
                    offer.users(),
                    offer.bundle(),
                    offer.bundleId() < 0 ? "" : offer.bundleId(),
                    look.columns() == 0 ? sha256 : sha256.substring(0, Math.min(DIGITS_SHOWN, sha256.length())));
        }
        return table;
    }

    private static Sheet retired(List<Retired> bundles, Look look) {
        Sheet table = Sheet.of("bundle", "version", "since", "unloaded", "held by");
        for (Retired bundle : bundles) {
            List<String> holders = new ArrayList<>(bundle.holders());
            table.row(
                    bundle.bundle(),
                    bundle.version(),
                    Clock.time(bundle.since()),
                    bundle.unloaded() ? "yes" : States.cell("pending"),
                    String.join("; ", holders));
        }
        return table;
    }
}
