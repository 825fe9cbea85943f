package ioverlay.shell;

import ioverlay.api.container.SwapResult;
import java.util.List;

/** Not every swap of a command has switched. */
public final class SwapFailed extends Failed {
    private static final long serialVersionUID = 1;

    private final transient List<SwapResult> results;

    SwapFailed(String sentences, List<SwapResult> results) {
        super(sentences);
        this.results = List.copyOf(results);
    }

    /** Of all nodes that were tried. */
    public List<SwapResult> results() {
        return results;
    }
}
