/** What is measured of traffic: rates over a sliding window, round trips, the capacity of the last mile. */
@NullMarked
package ioverlay.traffic.meter;

import org.jspecify.annotations.NullMarked;
