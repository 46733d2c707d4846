package dev.bindery.host.call;

/** How many letters to add, remove or change to make one name of another (Levenshtein). */
final class EditDistance {
    private static final int LONGEST = 200;

    private EditDistance() {}

    static int of(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return a.equals(b) ? 0 : LONGEST;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            nextRow(row, a.charAt(i - 1), b, i);
        }
        return row[b.length()];
    }

    private static void nextRow(int[] row, char letter, String b, int i) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b.length(); j++) {
            int changed = diagonal + (letter == b.charAt(j - 1) ? 0 : 1);
            diagonal = row[j];
            row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
        }
    }
}
