package ioverlay.itest.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One browser for all classes of tests, since its start takes seconds: begun by the first, which skips its tests where
 * there is none, and ended when all tests have run. Each class leaves it with an empty page, which costs nothing.
 */
final class SharedBrowser implements BeforeAllCallback {
    private Chromium browser;

    Chromium get() {
        return browser;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        browser = context.getRoot()
                .getStore(Namespace.create(SharedBrowser.class))
                .getOrComputeIfAbsent(Chromium.class, key -> started(), Chromium.class);
        browser.look(1280, 800, "light");
    }

    private static Chromium started() {
        try {
            return Chromium.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
