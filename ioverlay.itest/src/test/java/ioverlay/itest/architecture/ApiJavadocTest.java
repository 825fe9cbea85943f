package ioverlay.itest.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import ioverlay.itest.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Everything public in the api and the testkit has a comment, which is its contract. (That its links hold is for the compiler.) */
class ApiJavadocTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    @Test
    void everything_public_has_its_contract() throws IOException {
        List<Path> sources = Workspace.sources().stream()
                .filter(source -> source.startsWith(Workspace.ROOT.resolve("ioverlay.api/src/main"))
                        || source.startsWith(Workspace.ROOT.resolve("ioverlay.testkit/src/main")))
                .filter(source -> !source.endsWith("package-info.java"))
                .toList();
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null)) {
            assertThat(undocumented(files.getJavaFileObjectsFromPaths(sources))).isEmpty();
        }
    }

    @Test
    void what_has_none_is_found() throws IOException {
        String source = """
                /** Has one. */
                public interface Bare { void bare(); /** Has one. */ void dressed(); record Inner(int size) {} }
                """;

        assertThat(undocumented(List.of(new Text(source)))).containsExactly("bare", "Inner");
    }

    private static List<String> undocumented(Iterable<? extends JavaFileObject> sources) throws IOException {
        JavacTask task = (JavacTask) COMPILER.getTask(null, null, null, List.of(), null, sources);
        DocTrees trees = DocTrees.instance(task);
        Finder finder = new Finder(trees);
        for (CompilationUnitTree unit : task.parse()) {
            finder.scan(unit, null);
        }
        return finder.found;
    }

    /** Walks public declarations; what is private hides everything inside it. */
    private static final class Finder extends TreePathScanner<Void, Void> {
        private final DocTrees trees;
        private final List<String> found = new ArrayList<>();

        Finder(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!visible(type.getModifiers().getFlags())) {
                return null;
            }
            check(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean inherits = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean compact = method.getReturnType() == null && parentIs(Tree.Kind.RECORD);
            if (visible(method.getModifiers().getFlags()) && !inherits && !compact) {
                check(method.getName().toString());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void nothing) {
            // A record's components are explained by its own @param.
            if (visible(field.getModifiers().getFlags()) && !parentIs(Tree.Kind.RECORD)) {
                check(field.getName().toString());
            }
            return null;
        }

        private void check(String name) {
            if (trees.getDocComment(getCurrentPath()) == null) {
                found.add(name);
            }
        }

        private boolean visible(Iterable<Modifier> flags) {
            for (Modifier flag : flags) {
                if (flag == Modifier.PUBLIC || flag == Modifier.PROTECTED) {
                    return true;
                }
                if (flag == Modifier.PRIVATE) {
                    return false;
                }
            }
            return parentIs(Tree.Kind.INTERFACE) || parentIs(Tree.Kind.ANNOTATION_TYPE);
        }

        private boolean parentIs(Tree.Kind kind) {
            TreePath parent = getCurrentPath().getParentPath();
            return parent != null && parent.getLeaf().getKind() == kind;
        }
    }

    /** A source file that is only a text. */
    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String text) {
            super(URI.create("string:///Bare.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
