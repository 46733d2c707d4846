package dev.bindery.server.account;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;

/** Names failures out of a bounded set: a binding may make up codes. */
final class ErrorTypes {
    private static final String OTHER = "_OTHER";

    private ErrorTypes() {}

    static String of(RuntimeException e) {
        return e instanceof BindingException known ? of(known.code()) : ErrorCode.INTERNAL.name();
    }

    static String of(ErrorCode code) {
        return ErrorCode.known().contains(code) ? code.name() : OTHER;
    }
}
