/** What a node of any coding algorithm has: settings that are read and checked, faults that are counted, and what a call may send. */
@NullMarked
package ioverlay.algo.coding.node;

import org.jspecify.annotations.NullMarked;
