/** Algorithms and applications that tests pack into bundles of their own. */
package ioverlay.itest.algorithms;
