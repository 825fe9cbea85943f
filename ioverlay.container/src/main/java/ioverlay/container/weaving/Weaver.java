package ioverlay.container.weaving;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.MTD_void;

import ioverlay.api.woven.Cancellation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ShortJumpsOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;

/**
 * Puts a look at {@link Cancellation} before each jump backwards and at the begin of each method: nothing goes on for ever
 * without jumping back or calling, and what the library calls for ever, a lambda in an endless stream, is a method too.
 *
 * <p>A look takes nothing, gives nothing and jumps nowhere. So the stack maps that the compiler wrote stay true, only
 * moved: they are taken over instead of being worked out again, and no class has to be looked up for them, least of all
 * one that is just being loaded. Fields, methods and debug information stay as they are, and so does a computed
 * {@code serialVersionUID}.
 */
final class Weaver {
    /** The first version of class files with {@code invokedynamic} and without {@code jsr}. */
    private static final int OLDEST_MAJOR = ClassFile.JAVA_7_VERSION;

    static final DynamicCallSiteDesc LOOK = DynamicCallSiteDesc.of(
            ConstantDescs.ofCallsiteBootstrap(ClassDesc.of(Cancellation.class.getName()), "site", CD_CallSite),
            "look",
            MTD_void);

    /** A jump that becomes too long would be replaced by two, and the place between them has no stack map: then not. */
    private static final ClassFile FILES =
            ClassFile.of(StackMapsOption.DROP_STACK_MAPS, ShortJumpsOption.FAIL_ON_SHORT_JUMPS);

    private Weaver() {}

    /**
     * Weaves one class.
     *
     * @throws IllegalArgumentException if it cannot be: too old, broken, or a method too long
     */
    static byte[] weave(byte[] bytes) {
        ClassModel type = FILES.parse(bytes);
        if (type.majorVersion() < OLDEST_MAJOR) {
            throw new IllegalArgumentException(
                    "class files have version " + OLDEST_MAJOR + " or newer, not " + type.majorVersion());
        }
        return FILES.transformClass(type, (builder, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                CodeTransform looks =
                        CodeTransform.ofStateful(() -> new Looks(method.code().orElseThrow()));
                builder.transformMethod(method, MethodTransform.transformingCode(looks));
            } else {
                builder.with(element);
            }
        });
    }
}
