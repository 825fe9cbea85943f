package ioverlay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A bundle project for one algorithm: written whole or not at all. */
final class Project {
    private static final Pattern IMPORTED = Pattern.compile("(?m)^import .*\\.(\\w+);$");

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> words;

    Project(ProjectName name, Kit kit) {
        String className = name.className(used());
        words = Map.of(
                "@NAME@", name.text(),
                "@PATH@", name.path(),
                "@CLASS@", className,
                "@API@", kit.apiVersion(),
                "@TESTKIT@", kit.testkitVersion());
        String main = "src/main/java/" + name.path() + "/";
        put("pom.xml", "pom.xml");
        put("bnd.bnd", "bnd.bnd");
        put("README.md", "README.md");
        put(".gitignore", "gitignore");
        put(".mvn/maven.config", "maven.config");
        put(main + "package-info.java", "package-info.java.txt");
        put(main + className + ".java", "Algorithm.java.txt");
        put("src/test/java/" + name.path() + "/" + className + "Test.java", "AlgorithmTest.java.txt");
        files.putAll(kit.files());
    }

    private static Set<String> used() {
        return Stream.of("Algorithm.java.txt", "AlgorithmTest.java.txt")
                .flatMap(source -> IMPORTED.matcher(template(source)).results())
                .map(imported -> imported.group(1))
                .collect(Collectors.toSet());
    }

    private void put(String path, String template) {
        String text = Pattern.compile("@[A-Z]+@")
                .matcher(template(template))
                .replaceAll(word -> Matcher.quoteReplacement(words.getOrDefault(word.group(), word.group())));
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String template(String name) {
        try (InputStream in = Project.class.getResourceAsStream("project/" + name)) {
            if (in == null) {
                throw new IllegalStateException("there is no template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes it into a directory that is empty or not there.
     *
     * @throws UsageException if the directory has something in it, or is none
     * @throws FailedException if it cannot be written; nothing is left behind
     */
    void write(Path directory) {
        requireEmpty(directory);
        Deque<Path> written = new ArrayDeque<>();
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = directory.resolve(file.getKey());
                makeFolders(path, written);
                written.push(path);
                Files.write(path, file.getValue());
            }
        } catch (IOException e) {
            written.forEach(Project::remove);
            throw new FailedException("'" + directory + "' cannot be written: " + Reason.of(e), e);
        }
    }

    private static void requireEmpty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new UsageException("A project needs a directory of its own; '" + directory + "' is a file");
        }
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) {
                throw new UsageException("A project needs an empty directory, and '" + directory + "' is not empty");
            }
        } catch (IOException e) {
            throw new FailedException("'" + directory + "' cannot be read: " + Reason.of(e), e);
        }
    }

    private static void makeFolders(Path file, Deque<Path> written) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            makeFolders(folder, written);
            Files.createDirectory(folder);
            written.push(folder);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(Project.class.getName())
                    .log(System.Logger.Level.WARNING, "'" + file + "' is left behind: " + Reason.of(e));
        }
    }
}
