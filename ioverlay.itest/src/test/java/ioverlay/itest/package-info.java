/** Tests over all folders: the launcher, real bundles in a real Felix. */
package ioverlay.itest;
