package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file inside a Python package's wheel: {@code pypi:NAME@VERSION!/PATH}.
 *
 * @param name the package
 * @param version exactly that version
 * @param path the file's path inside the wheel
 */
record PypiSource(String name, String version, String path) {
    private static final Pattern FORM =
            Pattern.compile(
                    "([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)@([A-Za-z0-9][A-Za-z0-9.!+_-]*?)!/(.+)");

    static PypiSource of(URI source) {
        Matcher parts = FORM.matcher(source.getSchemeSpecificPart());
        if (!parts.matches()) {
            throw BindingException.invalidRequest(
                    "a file of a Python package is named pypi:NAME@VERSION!/PATH; found " + source);
        }
        return new PypiSource(parts.group(1), parts.group(2), parts.group(3));
    }

    /** The package as pip takes it. */
    String requirement() {
        return name + "==" + version;
    }
}
