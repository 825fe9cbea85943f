/** Algorithms that do what no version should: each differs from a good relay in one thing. */
package ioverlay.itest.hostile;
