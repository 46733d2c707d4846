package dev.bindery.host.isolation.guard;

import dev.bindery.host.isolation.guard.GuardedMethod.Answer;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * A private static method of the guarded class itself, called in place of a guarded one with the
 * same things on the stack. It uses types of the JDK alone, so that a binding's code sees nothing
 * of the host.
 *
 * @param owner the class that it is added to
 * @param name its own name
 * @param type what it takes, the receiver of the guarded method included, and returns
 */
record Stub(ClassDesc owner, String name, MethodTypeDesc type, Answer answer) {
    private static final ClassDesc CONSUMER = ClassDesc.of("java.util.function.Consumer");
    private static final ClassDesc PREDICATE = ClassDesc.of("java.util.function.Predicate");
    private static final ClassDesc LOADER = ClassDesc.of("java.lang.ClassLoader");

    void addTo(ClassBuilder type) {
        type.withMethodBody(
                name,
                this.type,
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                this::write);
    }

    private void write(CodeBuilder code) {
        switch (answer) {
            case Answer.Refusal refusal -> refuse(code, refusal);
            case Answer.Keep _ -> {
                passThread(code, CONSUMER);
                code.invokeinterface(
                        CONSUMER,
                        "accept",
                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object));
                code.return_();
            }
            case Answer.GiveBack _ -> {
                passThread(code, PREDICATE);
                code.invokeinterface(
                        PREDICATE,
                        "test",
                        MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object));
                code.return_(TypeKind.BOOLEAN);
            }
        }
    }

    private static void refuse(CodeBuilder code, Answer.Refusal refusal) {
        code.new_(refusal.exception())
                .dup()
                .loadConstant(refusal.message())
                .invokespecial(
                        refusal.exception(),
                        ConstantDescs.INIT_NAME,
                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
                .athrow();
    }

    /** The thread is what follows the receiver. */
    private void passThread(CodeBuilder code, ClassDesc role) {
        code.loadConstant(owner)
                .invokevirtual(ConstantDescs.CD_Class, "getClassLoader", MethodTypeDesc.of(LOADER))
                .checkcast(role)
                .aload(1);
    }
}
