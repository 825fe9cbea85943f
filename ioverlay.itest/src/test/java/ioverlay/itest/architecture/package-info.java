/** The rules that the build keeps: who may import what, names, sizes, what an algorithm may not touch. */
package ioverlay.itest.architecture;
