package dev.bindery.compatibility;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassSignature;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Makes a jar of classes without code from the text of a release. */
final class SignatureClasses {
    private SignatureClasses() {}

    static void write(List<String> lines, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (List<String[]> one : classes(lines)) {
                out.putNextEntry(new JarEntry(one.getFirst()[2] + ".class"));
                out.write(bytes(one));
            }
        }
    }

    /** The words of the lines of each class. */
    private static List<List<String[]>> classes(List<String> lines) {
        List<List<String[]>> classes = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            if (words[0].equals("class")) {
                classes.add(new ArrayList<>());
            }
            classes.getLast().add(words);
        }
        return classes;
    }

    private static byte[] bytes(List<String[]> lines) {
        return ClassFile.of()
                .build(
                        Signatures.desc(lines.getFirst()[2]),
                        out -> {
                            List<InnerClassInfo> inner = new ArrayList<>();
                            for (String[] words : lines) {
                                switch (words[0]) {
                                    case "class" -> head(words, out);
                                    case "inner" -> inner.add(inner(words));
                                    case "field" -> field(words, out);
                                    case "method" -> method(words, out);
                                    default ->
                                            throw new IllegalArgumentException(
                                                    "found the kind " + words[0]);
                                }
                            }
                            if (!inner.isEmpty()) {
                                out.with(InnerClassesAttribute.of(inner));
                            }
                        });
    }

    private static void head(String[] words, ClassBuilder out) {
        out.withFlags(flags(words));
        given(words[3]).ifPresent(superclass -> out.withSuperclass(Signatures.desc(superclass)));
        out.withInterfaceSymbols(descs(words[4]));
        given(words[5])
                .map(ClassSignature::parseFrom)
                .ifPresent(signature -> out.with(SignatureAttribute.of(signature)));
    }

    private static InnerClassInfo inner(String[] words) {
        return InnerClassInfo.of(
                Signatures.desc(words[2]),
                Optional.of(Signatures.desc(words[3])),
                Optional.of(words[4]),
                flags(words));
    }

    private static void field(String[] words, ClassBuilder out) {
        out.withField(
                words[2],
                ClassDesc.ofDescriptor(words[3]),
                field -> {
                    field.withFlags(flags(words));
                    given(words[4])
                            .map(Signature::parseFrom)
                            .ifPresent(signature -> field.with(SignatureAttribute.of(signature)));
                });
    }

    private static void method(String[] words, ClassBuilder out) {
        int flags = flags(words);
        out.withMethod(
                words[2],
                MethodTypeDesc.ofDescriptor(words[3]),
                flags,
                method -> {
                    given(words[4])
                            .map(MethodSignature::parseFrom)
                            .ifPresent(signature -> method.with(SignatureAttribute.of(signature)));
                    if (given(words[5]).isPresent()) {
                        method.with(ExceptionsAttribute.ofSymbols(descs(words[5])));
                    }
                    if ((flags & ClassFile.ACC_ABSTRACT) == 0) {
                        code(method);
                    }
                });
    }

    private static MethodBuilder code(MethodBuilder method) {
        return method.withCode(code -> code.aconst_null().athrow());
    }

    private static int flags(String[] words) {
        return Integer.parseInt(words[1], 16);
    }

    private static Optional<String> given(String word) {
        return word.equals(Signatures.NOTHING) ? Optional.empty() : Optional.of(word);
    }

    private static List<ClassDesc> descs(String names) {
        return given(names).stream()
                .flatMap(given -> Arrays.stream(given.split(",")))
                .map(Signatures::desc)
                .toList();
    }
}
