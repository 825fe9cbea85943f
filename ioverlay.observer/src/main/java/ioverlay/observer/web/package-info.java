/** HTTP: the REST resources, pushed events, metrics, the page; what a request may be. */
@NullMarked
package ioverlay.observer.web;

import org.jspecify.annotations.NullMarked;
