package ioverlay.algo.tree;

import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.NodeId;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The all-unicast tree, a control (paper, section 3.2): whoever knows the source sends the joiner there, so every receiver is a child of the source.
 *
 * <p><b>Behaviour, settings, status:</b> {@link Tree}.
 */
@AlgorithmType("tree.unicast")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class UnicastTree extends Tree {
    @Override
    Optional<NodeId> better(Query query) {
        return isRoot() ? Optional.empty() : source();
    }
}
