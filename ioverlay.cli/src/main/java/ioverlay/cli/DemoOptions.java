package ioverlay.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code overlay demo} was asked for.
 *
 * @param file to send
 * @param nodes in the tree
 * @param exit whether to end afterwards, without a shell
 * @param json where the result goes
 * @param observer that shows it on a page, if one is wanted
 */
record DemoOptions(Path file, int nodes, boolean exit, Optional<Path> json, Optional<ObserverOptions> observer) {}
