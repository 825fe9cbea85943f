package ioverlay.api.woven;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.util.function.Consumer;

/** A class loader of its own, with two classes that look as woven code does. */
final class LookingCode extends ClassLoader {
    private static final DynamicCallSiteDesc LOOK = DynamicCallSiteDesc.of(
            ConstantDescs.ofCallsiteBootstrap(
                    Cancellation.class.describeConstable().orElseThrow(), "site", ConstantDescs.CD_CallSite),
            "look",
            MTD_void);

    private final Class<?> looks;
    private final Class<?> spins;

    LookingCode() {
        super(LookingCode.class.getClassLoader());
        looks = define("Looks", code -> code.invokedynamic(LOOK).return_());
        spins = define("Spins", LookingCode::spin);
    }

    private static void spin(CodeBuilder code) {
        Label again = code.newBoundLabel();
        code.invokedynamic(LOOK).goto_(again);
    }

    private Class<?> define(String name, Consumer<CodeBuilder> body) {
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        type -> type.withInterfaceSymbols(
                                        Runnable.class.describeConstable().orElseThrow())
                                .withMethodBody(
                                        INIT_NAME,
                                        MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokespecial(CD_Object, INIT_NAME, MTD_void)
                                                .return_())
                                .withMethodBody("run", MTD_void, ClassFile.ACC_PUBLIC, body));
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Looks once. */
    Runnable looks() {
        return instance(looks);
    }

    /** Never ends by itself. */
    Runnable spins() {
        return instance(spins);
    }

    private static Runnable instance(Class<?> type) {
        try {
            return (Runnable) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a class of this test", e);
        }
    }
}
