/** What an emulated network does to traffic: caps as schedules, latency, jitter, loss. Plain arithmetic on nanoseconds, no clock and no thread. */
@NullMarked
package ioverlay.traffic.shape;

import org.jspecify.annotations.NullMarked;
