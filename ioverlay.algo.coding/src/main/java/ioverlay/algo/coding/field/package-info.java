/**
 * Arithmetic in GF(2^8), byte by byte ({@link ioverlay.algo.coding.field.Field}) and for whole regions of memory ({@link
 * ioverlay.algo.coding.field.Kernel}).
 */
@NullMarked
package ioverlay.algo.coding.field;

import org.jspecify.annotations.NullMarked;
