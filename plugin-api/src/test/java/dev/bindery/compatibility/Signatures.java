package dev.bindery.compatibility;

import java.io.IOException;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of a release. A line is a kind and its words, separated by tabs, in the terms of the
 * class file format (JVMS 4): names, descriptors, generic signatures, access flags in hexadecimal
 * digits; a hyphen stands for nothing.
 *
 * <pre>
 * class   flags  name  superclass  interfaces,…  signature
 * inner   flags  name  outer  simple-name
 * field   flags  name  descriptor  signature
 * method  flags  name  descriptor  signature  exceptions,…
 * </pre>
 */
final class Signatures {
    static final String NOTHING = "-";

    private Signatures() {}

    /** The lines of all classes below a folder, in the order of their names. */
    static List<String> of(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Signatures::isClass).sorted().toList()) {
                ClassModel model = ClassFile.of().parse(file);
                if (isVisible(model.flags().flagsMask()) || isVisibleInside(model)) {
                    lines.addAll(lines(model));
                }
            }
            return lines;
        }
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".class") && !name.equals("package-info.class");
    }

    private static boolean isVisible(int flags) {
        return (flags & (ClassFile.ACC_PUBLIC | ClassFile.ACC_PROTECTED)) != 0
                && (flags & ClassFile.ACC_SYNTHETIC) == 0;
    }

    private static boolean isVisibleInside(ClassModel model) {
        return own(model).map(InnerClassInfo::flagsMask).filter(Signatures::isVisible).isPresent();
    }

    private static Optional<InnerClassInfo> own(ClassModel model) {
        return inner(model)
                .filter(info -> info.innerClass().asInternalName().equals(name(model)))
                .findFirst();
    }

    private static Stream<InnerClassInfo> inner(ClassModel model) {
        return model.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(attribute -> attribute.classes().stream())
                .filter(info -> info.innerClass().asInternalName().startsWith("dev/bindery/"))
                .filter(info -> info.outerClass().isPresent());
    }

    private static String name(ClassModel model) {
        return model.thisClass().asInternalName();
    }

    private static List<String> lines(ClassModel model) {
        List<String> lines = new ArrayList<>();
        lines.add(
                line(
                        "class",
                        model.flags().flagsMask(),
                        name(model),
                        model.superclass().map(c -> c.asInternalName()).orElse(NOTHING),
                        joined(model.interfaces().stream().map(c -> c.asInternalName())),
                        signature(model)));
        inner(model)
                .filter(info -> isVisible(info.flagsMask()))
                .map(Signatures::line)
                .sorted()
                .forEach(lines::add);
        model.fields().stream()
                .filter(field -> isVisible(field.flags().flagsMask()))
                .map(Signatures::line)
                .sorted()
                .forEach(lines::add);
        model.methods().stream()
                .filter(method -> isVisible(method.flags().flagsMask()))
                .map(Signatures::line)
                .sorted()
                .forEach(lines::add);
        return lines;
    }

    private static String line(InnerClassInfo info) {
        return line(
                "inner",
                info.flagsMask(),
                info.innerClass().asInternalName(),
                info.outerClass().orElseThrow().asInternalName(),
                info.innerName().orElseThrow().stringValue());
    }

    private static String line(FieldModel field) {
        return line(
                "field",
                field.flags().flagsMask(),
                field.fieldName().stringValue(),
                field.fieldType().stringValue(),
                signature(field));
    }

    private static String line(MethodModel method) {
        return line(
                "method",
                method.flags().flagsMask(),
                method.methodName().stringValue(),
                method.methodType().stringValue(),
                signature(method),
                joined(
                        method.findAttribute(Attributes.exceptions()).stream()
                                .flatMap(thrown -> thrown.exceptions().stream())
                                .map(thrown -> thrown.asInternalName())));
    }

    private static String signature(AttributedElement element) {
        return element.findAttribute(Attributes.signature())
                .map(attribute -> attribute.signature().stringValue())
                .orElse(NOTHING);
    }

    private static String joined(Stream<String> words) {
        String joined = words.collect(Collectors.joining(","));
        return joined.isEmpty() ? NOTHING : joined;
    }

    private static String line(String kind, int flags, String... words) {
        return kind + "\t" + Integer.toHexString(flags) + "\t" + String.join("\t", words);
    }

    /** What a class of a text is called; for {@link SignatureClasses}. */
    static ClassDesc desc(String internalName) {
        return ClassDesc.ofInternalName(internalName);
    }
}
