/** Bundles that were uploaded: checked, kept by their digest, and what each offers. */
@NullMarked
package ioverlay.observer.repository;

import org.jspecify.annotations.NullMarked;
