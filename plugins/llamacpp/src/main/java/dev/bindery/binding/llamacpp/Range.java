package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;

/** The numbers that llama.cpp takes without harm. */
final class Range {
    private Range() {}

    /**
     * @return the value
     * @throws BindingException INVALID_REQUEST when it lies outside
     */
    static long checkedWhole(String name, long value, long min, long max) {
        if (value >= min && value <= max) {
            return value;
        }
        throw BindingException.invalidRequest(
                "%s must be from %d to %d; found %d".formatted(name, min, max, value));
    }

    /**
     * @return the value
     * @throws BindingException INVALID_REQUEST when it lies outside
     */
    static double checked(String name, double value, double min, double max) {
        if (value >= min && value <= max) {
            return value;
        }
        throw BindingException.invalidRequest(
                "%s must be from %s to %s; found %s".formatted(name, min, max, value));
    }
}
