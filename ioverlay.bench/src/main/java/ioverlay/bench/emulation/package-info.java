/** {@code run/overlay bench emulation}: caps, latency, jitter and loss, as an application at the other end sees them. */
@NullMarked
package ioverlay.bench.emulation;

import org.jspecify.annotations.NullMarked;
