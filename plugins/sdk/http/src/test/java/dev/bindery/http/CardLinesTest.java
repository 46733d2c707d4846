package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Settings that bindings have in common read alike in every card, and as README.md has them. */
class CardLinesTest {
    private static final Path PLUGINS = Path.of("../..");
    private static final Pattern SETTING = Pattern.compile(" *- \\{name: ([a-z_]+), .*}");
    private static final String LIMIT =
            "Tokens of an answer at the most where a request does not say; ";

    /** The lines of settings in a text, by their names. */
    private static Map<String, String> settings(Path file) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher setting = SETTING.matcher(line);
            if (setting.matches()) {
                lines.put(setting.group(1), line.strip());
            }
        }
        return lines;
    }

    private static List<Path> cards() throws IOException {
        List<Path> cards = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(PLUGINS, folder -> usesHttp(folder))) {
            found.forEach(folder -> cards.add(folder.resolve("config.yaml")));
        }
        return cards;
    }

    private static boolean usesHttp(Path folder) throws IOException {
        Path card = folder.resolve("config.yaml");
        return Files.exists(card) && Files.readString(card).contains("uses: {http:");
    }

    @Test
    void whatTheReadmeHasStandsInEveryCardThatHasTheSetting() throws IOException {
        Map<String, String> shared = settings(Path.of("README.md"));
        assertThat(shared).containsKeys("proxy", "extra_headers", "seed", "max_image_width");
        assertThat(cards()).hasSizeGreaterThan(6);
        for (Path card : cards()) {
            settings(card)
                    .forEach((name, line) -> {
                        if (shared.containsKey(name)) {
                            assertThat(line).as("%s", card).isEqualTo(shared.get(name));
                        }
                    });
        }
    }

    @Test
    void theLimitOfAnAnswerIsSaidAlikeButForWhoseLimitHoldsElse() throws IOException {
        for (Path card : cards()) {
            assertThat(settings(card).getOrDefault("max_tokens", LIMIT))
                    .as("%s", card)
                    .contains(LIMIT);
        }
    }
}
