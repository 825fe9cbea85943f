package ioverlay.algo.tree;

import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.NodeId;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The node-stress aware tree (paper, section 3.2): a query goes on to the parent or child with the least stress, until it is at a node that has less than all of
 * them. Stress is the degree in the tree by the measured bandwidth of the last mile; within 5 % the parent is preferred, so that it does not matter who is asked
 * first.
 *
 * <p><b>Behaviour, settings, status:</b> {@link Tree}.
 */
@AlgorithmType("tree.stress")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class StressTree extends Tree {
    @Override
    Optional<NodeId> better(Query query) {
        return LeastStress.near(vitals(), family.above().map(Report::vitals), family.vitals());
    }
}
