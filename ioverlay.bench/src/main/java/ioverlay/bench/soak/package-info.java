/** {@code run/overlay bench soak}: everything at once, at random, for a long time; then it is counted what is left and what is missing. */
@NullMarked
package ioverlay.bench.soak;

import org.jspecify.annotations.NullMarked;
