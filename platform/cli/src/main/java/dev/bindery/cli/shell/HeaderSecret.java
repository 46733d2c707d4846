package dev.bindery.cli.shell;

/** A secret that is to travel in a header, which carries not every character. */
public final class HeaderSecret {
    private HeaderSecret() {}

    /**
     * The secret, if it can travel.
     *
     * @param where it was found, for the sentence that refuses it; the secret itself is never shown
     */
    public static String checked(String secret, String where) {
        if (secret.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            return secret;
        }
        throw new CommandFailure(
                "What is in %s cannot be sent: a secret is one word of letters, digits and signs of ASCII, with no space and no line break inside."
                        .formatted(where));
    }
}
