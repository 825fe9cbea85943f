package ioverlay.observer.repository;

import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.UploadedBundle;
import ioverlay.api.observer.Uploads;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.history.Log;
import ioverlay.observer.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;

/** Where bundles are handed in, over REST and from the shell: what is kept is told in the log. */
public final class Intake implements Uploads {
    private final Bundles bundles;
    private final InstantSource clock;
    private final Log log;

    /** In front of these. */
    public Intake(Bundles bundles, InstantSource clock, Log log) {
        this.bundles = bundles;
        this.clock = clock;
        this.log = log;
    }

    /** As {@link Bundles#keep}. */
    Bundles.Upload take(InputStream sent, String who) throws IOException {
        Bundles.Upload upload = bundles.keep(sent);
        if (upload.isNew()) {
            Kept.Facts facts = upload.kept().facts();
            String sentence = "uploaded " + facts + " with " + String.join(", ", facts.algorithms());
            log.add(new Happening(
                    clock.instant(),
                    "upload",
                    "",
                    "",
                    who,
                    sentence,
                    upload.kept().toJson()));
        }
        return upload;
    }

    @Override
    public UploadedBundle upload(InputStream bundle, String who) throws IOException {
        try {
            return described(take(bundle, who).kept());
        } catch (Problem e) {
            throw new RefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<UploadedBundle> bundles() {
        return bundles.all().stream().map(Intake::described).toList();
    }

    private static UploadedBundle described(Kept kept) {
        Kept.Facts facts = kept.facts();
        return new UploadedBundle(
                facts.bundle(),
                facts.version().toString(),
                facts.algorithms(),
                kept.sha256(),
                kept.bytes(),
                kept.uploaded());
    }
}
