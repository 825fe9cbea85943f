/** Does what documents say. */
package ioverlay.itest.guide;
