/** Failures with real processes, real stops and real cuts: what is told of them, how soon, and what is not. */
package ioverlay.itest.failures;
