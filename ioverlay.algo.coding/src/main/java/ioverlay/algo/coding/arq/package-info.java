/**
 * Store and forward with retransmission, link by link, and no coding: {@link ioverlay.algo.coding.arq.ArqCoding}, what
 * coding over links that lose data is compared with.
 */
@NullMarked
package ioverlay.algo.coding.arq;

import org.jspecify.annotations.NullMarked;
