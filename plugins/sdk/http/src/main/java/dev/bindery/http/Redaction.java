package dev.bindery.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Masks the secrets of one upstream in text that others will read. */
final class Redaction {
    private static final String MASK = "***";
    private static final int SHORTEST = 5;
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");
    private static final Pattern SCHEME = Pattern.compile("^(?i:bearer|basic|token)\\s+");

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Masks these values, and those that follow an authentication scheme's name in them. */
    static Redaction of(Collection<String> values) {
        return new Redaction(
                values.stream()
                        .flatMap(value -> Stream.of(value, SCHEME.matcher(value).replaceFirst("")))
                        .filter(value -> value.length() >= SHORTEST)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    /** An address without the user and password that it may hold. */
    static String withoutUserInfo(String address) {
        return USER_INFO.matcher(address).replaceAll("//" + MASK + "@");
    }

    String clean(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }
}
