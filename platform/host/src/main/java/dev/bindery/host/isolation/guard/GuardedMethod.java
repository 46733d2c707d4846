package dev.bindery.host.isolation.guard;

import java.lang.constant.ClassDesc;

/**
 * A method of the JDK that does not do for a binding what it does for others.
 *
 * @param owner the internal name of its class
 * @param name its name, of all its overloads
 * @param answer what happens instead
 */
record GuardedMethod(String owner, String name, Answer answer) {
    /** What a binding gets in place of the call. */
    sealed interface Answer {
        /** The call throws. */
        record Refusal(ClassDesc exception, String message) implements Answer {}

        /** Its thread is kept by the class loader, which is a {@code Consumer} of it. */
        record Keep() implements Answer {}

        /** Its thread is given back by the class loader, which is a {@code Predicate} of it. */
        record GiveBack() implements Answer {}
    }
}
