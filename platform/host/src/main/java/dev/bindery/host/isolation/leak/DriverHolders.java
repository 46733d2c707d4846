package dev.bindery.host.isolation.leak;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Driver;
import java.util.List;
import java.util.stream.Stream;

/**
 * JDBC drivers that a binding registered. {@link java.sql.DriverManager} shows them to nobody but
 * code of the binding's own loader, so it is asked in the name of one of its classes.
 */
final class DriverHolders {
    private static final String ASK = "drivers";

    private DriverHolders() {}

    static List<String> of(Ownership ownership, String ownClass) {
        return ownership.loaded(ownClass).map(DriverHolders::drivers).orElse(List.of()).stream()
                .filter(ownership::has)
                .map(driver -> driver.getClass().getName())
                .sorted()
                .map(driver ->
                        "the JDBC driver %s is registered, call DriverManager.deregisterDriver in stop()"
                                .formatted(driver))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Driver> drivers(Class<?> own) {
        try {
            MethodHandles.Lookup beside =
                    MethodHandles.privateLookupIn(own, MethodHandles.lookup());
            Class<?> asker = beside.defineClass(asker(own));
            return ((Stream<Driver>)
                            beside.findStatic(asker, ASK, MethodType.methodType(Stream.class))
                                    .invokeExact())
                    .toList();
        } catch (Throwable e) {
            // A runtime without java.sql has no drivers either.
            return List.of();
        }
    }

    /** A class beside one of the binding's whose one method asks. */
    private static byte[] asker(Class<?> own) {
        ClassDesc name = own.describeConstable().orElseThrow().nested("BinderyAsker");
        MethodTypeDesc type = MethodTypeDesc.of(ClassDesc.of("java.util.stream.Stream"));
        return ClassFile.of()
                .build(
                        name,
                        asker ->
                                asker.withMethodBody(
                                        ASK,
                                        type,
                                        ClassFile.ACC_STATIC,
                                        code ->
                                                code.invokestatic(
                                                                ClassDesc.of(
                                                                        "java.sql.DriverManager"),
                                                                "drivers",
                                                                type)
                                                        .areturn()));
    }
}
