package dev.bindery.http;

import dev.bindery.api.BindingException;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Checks what operators write for addresses and headers, and says what is wrong with it. */
final class Addresses {
    private Addresses() {}

    static HttpUrl http(String setting, String address) {
        try {
            return HttpUrl.get(address.strip());
        } catch (IllegalArgumentException _) {
            throw BindingException.invalidRequest(
                    "%s: \"%s\" is no address; it must look like https://host/path or http://host:port/path"
                            .formatted(setting, Redaction.withoutUserInfo(address)));
        }
    }

    static String headerValue(String name, String value) {
        try {
            return Headers.of(name, value).value(0);
        } catch (IllegalArgumentException _) {
            throw BindingException.invalidRequest(
                    "the header %s cannot be sent: names are letters, digits and hyphens, values printable ASCII on one line"
                            .formatted(name.replaceAll("[^!-~]", "?")));
        }
    }

    static String host(HttpUrl url) {
        return url.port() == HttpUrl.defaultPort(url.scheme())
                ? url.host()
                : url.host() + ":" + url.port();
    }

    static boolean sameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme())
                && one.host().equals(other.host())
                && one.port() == other.port();
    }
}
