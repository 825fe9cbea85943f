/**
 * Random linear coding of one generation of blocks, without a network: {@link ioverlay.algo.coding.codec.Encoder}, {@link
 * ioverlay.algo.coding.codec.Recoder}, {@link ioverlay.algo.coding.codec.Decoder}, and checksums that survive combining.
 *
 * <p>What all of them handle is a <b>vector</b>: the coefficients, one byte for each block of the generation; the combined
 * bytes of the blocks; a checksum of 8 bytes. All of it is combined alike, so that a combination of vectors is a vector.
 */
@NullMarked
package ioverlay.algo.coding.codec;

import org.jspecify.annotations.NullMarked;
