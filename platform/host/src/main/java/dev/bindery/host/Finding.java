package dev.bindery.host;

/**
 * One thing that an examination of a host or a home has come upon.
 *
 * @param weight whether somebody needs to act
 * @param subject what it is about: the home, a binding's id, an instance's name
 * @param message what was found, in a sentence
 * @param advice what to do about it; empty when there is nothing to do
 */
public record Finding(Weight weight, String subject, String message, String advice) {
    /** How much a finding matters. */
    public enum Weight {
        /** It is as it should be. */
        FINE,
        /** Good to know. */
        NOTE,
        /** It needs action. */
        PROBLEM
    }

    public static Finding fine(String subject, String message) {
        return new Finding(Weight.FINE, subject, message, "");
    }

    public static Finding note(String subject, String message, String advice) {
        return new Finding(Weight.NOTE, subject, message, advice);
    }

    public static Finding problem(String subject, String message, String advice) {
        return new Finding(Weight.PROBLEM, subject, message, advice);
    }
}
