package dev.bindery.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The path that a client meant whose base address has a part too much, or one too few: {@code
 * /v1/v1/messages}, {@code /chat/completions}, {@code /api/chat/}.
 */
final class NearPath {
    private static final List<String> BASES = List.of("", "/v1", "/api");
    private static final int LONGEST = 256;

    private final List<Routes> routes;

    NearPath(List<Api> apis) {
        routes =
                apis.stream()
                        .filter(api -> api.access() == Access.API_KEY)
                        .map(Api::routes)
                        .toList();
    }

    Optional<String> to(String method, String rawPath) {
        if (rawPath.length() > LONGEST) {
            return Optional.empty();
        }
        return candidates(rawPath).stream()
                .filter(path -> routes.stream().anyMatch(all -> all.names(method, path)))
                .findFirst();
    }

    /** Its ends, the longest first, under each base. */
    private static List<String> candidates(String rawPath) {
        String path = rawPath.toLowerCase(Locale.ROOT).replaceAll("//+", "/").replaceAll("/$", "");
        List<String> candidates = new ArrayList<>();
        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
            String end = path.substring(at);
            BASES.forEach(base -> candidates.add(base + end));
        }
        return candidates;
    }
}
