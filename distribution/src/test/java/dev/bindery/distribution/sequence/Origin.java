package dev.bindery.distribution.sequence;

/**
 * Who has answered.
 *
 * @param version of the jar
 * @param loader differs for each time that the jar was loaded
 * @param instance the instance's name
 * @param live the setting that is applied live
 * @param fresh the setting that needs a fresh instance
 */
public record Origin(String version, String loader, String instance, String live, String fresh) {
    /** The origin that an answer begins with. */
    public static Origin of(String answer) {
        int end = answer.indexOf(' ');
        String[] parts = answer.substring(0, Math.max(end, 0)).split("\\|", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("no sequence begins like this: " + answer);
        }
        return new Origin(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    @Override
    public String toString() {
        return String.join("|", version, loader, instance, live, fresh);
    }
}
