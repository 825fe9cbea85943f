/**
 * Random linear network coding over a network with loss: {@link ioverlay.algo.coding.rlnc.RlncCoding}.
 *
 * <p>A source's messages are packed into blocks ({@code Packer}), and as many blocks as a generation has are coded together
 * ({@code Generation}). All that a node knows of one source is a {@code Strand}; its {@code Pusher} sends to those after the
 * node, its {@code Intake} tells those before it what is wanting, its {@code Delivery} takes blocks apart again.
 */
@NullMarked
package ioverlay.algo.coding.rlnc;

import org.jspecify.annotations.NullMarked;
