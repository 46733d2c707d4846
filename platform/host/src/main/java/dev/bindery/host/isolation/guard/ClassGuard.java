package dev.bindery.host.isolation.guard;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces the guarded calls in class files, method references to them included. Safe for several
 * threads.
 */
public final class ClassGuard {
    private final ClassFile classes;

    /**
     * @param hierarchy finds the supertypes of the binding's own classes
     */
    public ClassGuard(ClassHierarchyResolver hierarchy) {
        // A type that is not there is one that the code can do without: an optional dependency.
        ClassHierarchyResolver lenient =
                hierarchy
                        .orElse(ClassHierarchyResolver.defaultResolver())
                        .orElse(_ ->
                                ClassHierarchyResolver.ClassHierarchyInfo.ofClass(
                                        ConstantDescs.CD_Object));
        classes = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(lenient));
    }

    /**
     * The class file as the binding gets it; mostly the same.
     *
     * @throws ClassFormatError when it is no class file, or too odd to be guarded
     */
    public byte[] guarded(byte[] original) {
        if (!GuardedMethods.mayBeIn(new String(original, StandardCharsets.ISO_8859_1))) {
            return original;
        }
        try {
            ClassModel model = classes.parse(original);
            Stubs stubs = new Stubs(model);
            byte[] guarded = classes.transformClass(model, stubs.transform());
            return stubs.isEmpty() ? original : guarded;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ClassFormatError("the class cannot be guarded: " + e.getMessage());
        }
    }

    /** The replacements of one class. */
    private static final class Stubs implements CodeTransform {
        private final ClassDesc owner;
        private final boolean isInterface;
        private final Map<String, Stub> stubs = new LinkedHashMap<>();

        Stubs(ClassModel model) {
            owner = model.thisClass().asSymbol();
            isInterface = model.flags().has(java.lang.reflect.AccessFlag.INTERFACE);
        }

        boolean isEmpty() {
            return stubs.isEmpty();
        }

        ClassTransform transform() {
            return ClassTransform.transformingMethodBodies(this)
                    .andThen(
                            ClassTransform.endHandler(
                                    type -> stubs.values().forEach(stub -> stub.addTo(type))));
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            switch (element) {
                case InvokeInstruction call -> call(code, call);
                case InvokeDynamicInstruction call -> code.with(call(code, call));
                default -> code.with(element);
            }
        }

        private void call(CodeBuilder code, InvokeInstruction call) {
            boolean isStatic = call.opcode() == java.lang.classfile.Opcode.INVOKESTATIC;
            stub(
                            call.owner().asInternalName(),
                            call.name().stringValue(),
                            call.typeSymbol(),
                            isStatic)
                    .ifPresentOrElse(
                            stub -> code.invokestatic(owner, stub.name(), stub.type(), isInterface),
                            () -> code.with(call));
        }

        private CodeElement call(CodeBuilder code, InvokeDynamicInstruction call) {
            ConstantDesc[] arguments =
                    call.bootstrapArgs().stream().map(this::argument).toArray(ConstantDesc[]::new);
            if (java.util.Arrays.asList(arguments).equals(call.bootstrapArgs())) {
                return call;
            }
            return InvokeDynamicInstruction.of(
                    code.constantPool()
                            .invokeDynamicEntry(
                                    DynamicCallSiteDesc.of(
                                            call.bootstrapMethod(),
                                            call.name().stringValue(),
                                            call.typeSymbol(),
                                            arguments)));
        }

        private ConstantDesc argument(ConstantDesc argument) {
            if (!(argument instanceof DirectMethodHandleDesc handle)
                    || handle.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR
                    || !handle.owner().isClassOrInterface()) {
                return argument;
            }
            boolean isStatic =
                    handle.refKind() == java.lang.invoke.MethodHandleInfo.REF_invokeStatic;
            return stub(
                            internalName(handle.owner()),
                            handle.methodName(),
                            MethodTypeDesc.ofDescriptor(handle.lookupDescriptor()),
                            isStatic)
                    .<ConstantDesc>map(stub ->
                            MethodHandleDesc.ofMethod(
                                    isInterface
                                            ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                                            : DirectMethodHandleDesc.Kind.STATIC,
                                    owner,
                                    stub.name(),
                                    stub.type()))
                    .orElse(argument);
        }

        private static String internalName(ClassDesc type) {
            String descriptor = type.descriptorString();
            return descriptor.substring(1, descriptor.length() - 1);
        }

        private Optional<Stub> stub(
                String callee, String name, MethodTypeDesc type, boolean isStatic) {
            return GuardedMethods.find(callee, name)
                    .map(method -> {
                        MethodTypeDesc whole =
                                isStatic
                                        ? type
                                        : type.insertParameterTypes(
                                                0, ClassDesc.ofInternalName(callee));
                        return stubs.computeIfAbsent(
                                callee + name + whole.descriptorString(),
                                _ ->
                                        new Stub(
                                                owner,
                                                "bindery$guard$" + stubs.size(),
                                                whole,
                                                method.answer()));
                    });
        }
    }
}
