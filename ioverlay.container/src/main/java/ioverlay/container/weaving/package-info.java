/** Makes algorithms cancellable: weaves looks at {@link ioverlay.api.woven.Cancellation} into their classes as they load. */
@NullMarked
package ioverlay.container.weaving;

import org.jspecify.annotations.NullMarked;
