package dev.bindery.binding.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;

/** What an instance waits for, said as the host says it of settings that are always needed. */
final class Unconfigured {
    private Unconfigured() {}

    static BindingException needs(String setting, String instance, String why) {
        return new BindingException(
                ErrorCode.NOT_CONFIGURED,
                "%s needs a value: bindery config %s %s=… (%s)"
                        .formatted(setting, instance, setting, why));
    }
}
