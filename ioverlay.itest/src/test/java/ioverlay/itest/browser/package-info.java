/** The observer's page in a real browser, on real nodes. */
@NullMarked
package ioverlay.itest.browser;

import org.jspecify.annotations.NullMarked;
