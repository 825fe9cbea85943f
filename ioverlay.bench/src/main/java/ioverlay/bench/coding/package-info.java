/**
 * {@code run/overlay bench coding}: how fast regions of memory are multiplied and added in GF(2^8), and generations coded.
 * It needs no container: what it is about runs in plain JVMs, one for each kind of row.
 */
@NullMarked
package ioverlay.bench.coding;

import org.jspecify.annotations.NullMarked;
