package ioverlay.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A file that asks for a node.
 *
 * @param node the node's name: the setting {@code name}, else what the file's name says
 * @param pid the configuration that the file becomes
 * @param file its name
 */
record NodeFile(String node, String pid, String file) {
    /** How the names of such files begin and end. */
    static final String PREFIX = "ioverlay.node~";

    static final String SUFFIX = ".cfg.json";

    /**
     * Those of a directory, by name.
     *
     * @throws UsageException if some are no JSON object, cannot be read or ask for the same node: a sentence for each
     */
    static List<NodeFile> in(Path directory) throws IOException {
        List<NodeFile> files = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Path path : paths(directory)) {
            try {
                files.add(read(path));
            } catch (IOException e) {
                wrong.add(path.getFileName() + ": a configuration's file can be read; this one: " + Reason.of(e));
            } catch (IllegalArgumentException e) {
                wrong.add(path.getFileName() + ": " + Reason.text(e));
            }
        }
        wrong.addAll(twice(files));
        if (!wrong.isEmpty()) {
            throw new UsageException(String.join(System.lineSeparator(), wrong));
        }
        return List.copyOf(files);
    }

    private static List<Path> paths(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            found.forEach(paths::add);
        }
        paths.sort(Comparator.naturalOrder());
        return paths;
    }

    private static NodeFile read(Path path) throws IOException {
        String file = path.getFileName().toString();
        String pid = file.substring(0, file.length() - SUFFIX.length());
        Object set = ConfigFiles.properties(Files.readString(path), file).get("name");
        String name = set == null ? "" : set.toString().strip();
        return new NodeFile(name.isEmpty() ? pid.substring(PREFIX.length()) : name, pid, file);
    }

    private static List<String> twice(List<NodeFile> files) {
        Map<String, List<NodeFile>> byName =
                files.stream().collect(Collectors.groupingBy(NodeFile::node, TreeMap::new, Collectors.toList()));
        return byName.values().stream()
                .filter(same -> same.size() > 1)
                .flatMap(same -> same.stream()
                        .skip(1)
                        .map(other -> other.file() + ": a node's name is unique, and '" + other.node()
                                + "' is also asked for by " + same.getFirst().file()))
                .toList();
    }

    @Override
    public String toString() {
        return node + " (" + file + ")";
    }
}
