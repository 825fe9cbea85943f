package ioverlay.container.store;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds calls that would end the whole JVM, and all its nodes with it. A bundle that means harm finds other ways (it runs
 * with all rights); this finds what was meant for a program of its own.
 */
final class Exits {
    private static final Map<String, Set<String>> ENDING =
            Map.of("java/lang/System", Set.of("exit"), "java/lang/Runtime", Set.of("exit", "halt"));

    private Exits() {}

    /**
     * The first such call in a class file, as a person would write it.
     *
     * @throws IllegalArgumentException if the bytes are no class file
     */
    static Optional<String> in(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        for (var entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member && ends(member)) {
                return Optional.of(sentence(model, member));
            }
        }
        return Optional.empty();
    }

    private static boolean ends(MemberRefEntry member) {
        return ENDING.getOrDefault(member.owner().asInternalName(), Set.of())
                .contains(member.name().stringValue());
    }

    private static String sentence(ClassModel model, MemberRefEntry member) {
        String type = model.thisClass().asInternalName().replace('/', '.');
        String where = model.methods().stream()
                .filter(method -> calls(method, member))
                .findFirst()
                .map(method -> "method " + method.methodName().stringValue() + " of class " + type)
                .orElse("class " + type);
        String owner = member.owner().asInternalName();
        return where + " calls " + owner.substring(owner.lastIndexOf('/') + 1) + "."
                + member.name().stringValue();
    }

    private static boolean calls(MethodModel method, MemberRefEntry member) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> isCall(element, member));
    }

    private static boolean isCall(CodeElement element, MemberRefEntry member) {
        return element instanceof InvokeInstruction call
                && call.owner().asInternalName().equals(member.owner().asInternalName())
                && call.name().equalsString(member.name().stringValue());
    }
}
