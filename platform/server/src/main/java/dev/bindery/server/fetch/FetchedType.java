package dev.bindery.server.fetch;

import java.util.Locale;
import java.util.Set;

/** Decides what was fetched: by its first bytes where they tell, else by what its server says. */
final class FetchedType {
    private static final int LONGEST = 100;
    private static final Set<String> PAGES = Set.of("text/html", "text/xml");
    private static final Set<String> TELLING =
            Set.of(
                    "image/png",
                    "image/jpeg",
                    "image/gif",
                    "image/webp",
                    "image/bmp",
                    "application/pdf");

    private FetchedType() {}

    /**
     * @param declared the header {@code Content-Type}; empty where there is none
     * @throws FetchException for what is neither an image nor audio, a PDF or plain text
     */
    static String of(String declared, byte[] head) throws FetchException {
        String type = declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String seen = MediaBeginnings.type(head).orElse("");
        if (!seen.isEmpty() && !type.startsWith("text/")) {
            return seen;
        }
        if (TELLING.contains(type)) {
            throw new FetchException("it says that it is %s, and is not".formatted(type));
        }
        boolean text = type.startsWith("text/") && !PAGES.contains(type);
        boolean telling = !type.isEmpty() && declared.length() <= LONGEST;
        if (!telling || (!text && !type.startsWith("image/") && !type.startsWith("audio/"))) {
            throw new FetchException(
                    "it is %s; expected an image, audio, a PDF or plain text"
                            .formatted(telling ? type : "of an unknown kind"));
        }
        return text ? declared.strip() : type;
    }
}
