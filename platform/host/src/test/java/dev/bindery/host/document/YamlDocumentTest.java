package dev.bindery.host.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlDocumentTest {
    private static final String TEXT =
            """
            # above
            name: one # beside
            inner:
              # about a
              a: 1
              b.c: two
            """;

    @Test
    void anEditTouchesNothingButItsField() {
        YamlDocument document = YamlDocument.parse("x.yaml", TEXT);
        assertThat(document.text()).isEqualTo(TEXT);
        document.set(List.of("name"), "other");
        document.set(List.of("inner", "b.c"), "three");
        document.set(List.of("inner", "d.e"), true);
        assertThat(document.text())
                .isEqualTo(
                        """
                        # above
                        name: other # beside
                        inner:
                          # about a
                          a: 1
                          b.c: three
                          d.e: true
                        """);
    }

    @Test
    void aFieldThatIsRemovedLeavesNoEmptyMapBehind() {
        YamlDocument document = YamlDocument.parse("x.yaml", "a: 1\nb: {c: 2}\n");
        document.set(List.of("b", "c"), null);
        assertThat(document.text()).isEqualTo("a: 1\n");
        document.set(List.of("a"), null);
        assertThat(document.text()).isEmpty();
    }

    @Test
    void textsStayTextsWhateverTheyLookLike() {
        YamlDocument document = YamlDocument.parse("x.yaml", "");
        List<String> texts =
                List.of(
                        "1",
                        "true",
                        "null",
                        "",
                        "a: b",
                        "#x",
                        "two\nlines",
                        "é ☃ 🎉",
                        "a\u0000\u0007\u2028\ufeffb");
        for (String text : texts) {
            document.set(List.of("map", text.isEmpty() ? "empty" : text), text);
        }
        YamlFields map =
                YamlDocument.parse("x.yaml", document.text()).fields().map("map").orElseThrow();
        for (String text : texts) {
            assertThat(map.value(text.isEmpty() ? "empty" : text)).isEqualTo(new JsonString(text));
        }
    }

    @Test
    void aDocumentOfCommentsKeepsThem() {
        YamlDocument document = YamlDocument.parse("x.yaml", "# only\n# remarks\n");
        assertThat(document.text()).isEqualTo("# only\n# remarks\n");
        document.set(List.of("a"), 1);
        assertThat(document.text()).isEqualTo("# only\n# remarks\na: 1\n");
    }

    @Test
    void aMapOfWhichOnlyCommentsAreThereIsNone() {
        YamlDocument document = YamlDocument.parse("x.yaml", "a:\n  # b: 1\nc: 2\n");
        assertThat(document.fields().map("a")).isEmpty();

        document.set(List.of("a", "d"), 3);
        assertThat(document.text()).contains("# b: 1").endsWith("c: 2\n");
        assertThat(YamlDocument.parse("x.yaml", document.text()).fields().map("a")).isPresent();
    }

    @Test
    void hostileDocumentsAreRefusedWithTheirLine() {
        assertThatThrownBy(() -> YamlDocument.parse("x.yaml", "a: 1\nb: *a\n"))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("x.yaml, line 2: ");
        assertThatThrownBy(() -> YamlDocument.parse("x.yaml", "a: 1\na: 2\n"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> YamlDocument.parse("x.yaml", "a: " + "[".repeat(30)))
                .isInstanceOf(DocumentException.class);
        assertThatThrownBy(() -> YamlDocument.parse("x.yaml", "a: 1\n---\nb: 2\n"))
                .isInstanceOf(DocumentException.class);
        assertThatThrownBy(() -> YamlDocument.parse("x.yaml", "- a\n"))
                .hasMessageContaining("expected fields as `name: value`");
    }

    @Test
    void aNumberBeyondAllNumbersIsAText() {
        YamlFields fields = YamlDocument.parse("x.yaml", "a: 1.0e400\nb: .inf\n").fields();
        assertThat(fields.value("a")).isEqualTo(new JsonString("1.0e400"));
        assertThat(fields.text("b")).hasValue(".inf");
    }
}
