package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The choice of the node-stress aware tree. */
final class LeastStress {
    /** Less of a difference is a tie. */
    private static final double TIE = 1.05;

    private LeastStress() {}

    /** The neighbour with clearly less stress than the node, or a parent with about as little; empty if the node has the least. */
    static Optional<NodeId> near(Vitals self, Optional<Vitals> parent, Collection<Vitals> children) {
        Vitals least = self;
        if (parent.isPresent() && parent.get().stress() <= self.stress() * TIE) {
            least = parent.get();
        }
        Optional<Vitals> child = children.stream().min(Comparator.comparingDouble(Vitals::stress));
        if (child.isPresent() && child.get().stress() * TIE < least.stress()) {
            least = child.get();
        }
        return least.equals(self) ? Optional.empty() : Optional.of(least.node());
    }
}
