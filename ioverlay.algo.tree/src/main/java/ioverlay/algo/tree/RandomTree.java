package ioverlay.algo.tree;

import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.NodeId;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The randomized tree, a control (paper, section 3.2): the first member that answers takes the joiner, and chance decides who
 * is asked.
 *
 * <p><b>Behaviour, settings, status:</b> {@link Tree}.
 */
@AlgorithmType("tree.random")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class RandomTree extends Tree {
    @Override
    Optional<NodeId> better(Query query) {
        return Optional.empty();
    }

    /** Nobody in particular. */
    @Override
    List<NodeId> asks(List<NodeId> ancestors) {
        return joining.anybody();
    }
}
