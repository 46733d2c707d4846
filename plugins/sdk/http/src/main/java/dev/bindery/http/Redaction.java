package dev.bindery.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Masks the secrets of one upstream in text that others will read. */
final class Redaction {
    private static final String MASK = "***";
    private static final int SHORTEST = 5;
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");
    private static final Pattern SCHEME = Pattern.compile("^(?i:bearer|basic|token)\\s+");

    private final List<String> secrets;
    private final Supplier<? extends Collection<String>> current;

    private Redaction(List<String> secrets, Supplier<? extends Collection<String>> current) {
        this.secrets = secrets;
        this.current = current;
    }

    /** Masks these values, and those that follow an authentication scheme's name in them. */
    static Redaction of(Collection<String> values) {
        return new Redaction(longestFirst(values), List::of);
    }

    /** Masks besides what is secret at the time of the masking. */
    Redaction with(Supplier<? extends Collection<String>> changing) {
        return new Redaction(secrets, changing);
    }

    private static List<String> longestFirst(Collection<String> values) {
        return values.stream()
                .flatMap(value -> Stream.of(value, SCHEME.matcher(value).replaceFirst("")))
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** An address without the user and password that it may hold. */
    static String withoutUserInfo(String address) {
        return USER_INFO.matcher(address).replaceAll("//" + MASK + "@");
    }

    String clean(String text) {
        return masked(masked(text, secrets), longestFirst(current.get()));
    }

    private static String masked(String text, List<String> secrets) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }
}
