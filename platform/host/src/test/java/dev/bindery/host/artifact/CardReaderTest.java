package dev.bindery.host.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingType;
import dev.bindery.api.Capability;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.Isolation;
import dev.bindery.api.JsonValue;
import dev.bindery.api.ModelPolicy;
import dev.bindery.api.Swap;
import dev.bindery.api.Threads;
import dev.bindery.host.document.DocumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardReaderTest {
    private static final String SIX =
            """
            name: My Binding
            author: Me
            version: 1.2.3-rc.1
            description: Does things
            url: https://example.org
            license: Apache 2.0
            """;

    @Test
    void theGuidesSixFieldsAreEnough() {
        BindingCard card = CardReader.read(SIX);
        assertThat(card.id()).isEqualTo("my-binding");
        assertThat(card.name()).isEqualTo("My Binding");
        assertThat(card.author()).isEqualTo("Me");
        assertThat(card.version()).isEqualTo("1.2.3-rc.1");
        assertThat(card.description()).isEqualTo("Does things");
        assertThat(card.url()).isEqualTo("https://example.org");
        assertThat(card.license()).isEqualTo("Apache 2.0");
        assertThat(card.type()).isEqualTo(BindingType.TEXT);
        assertThat(card.models()).isEqualTo(ModelPolicy.OPEN);
        assertThat(card.isolation()).isEqualTo(Isolation.CLASSLOADER);
        assertThat(card.threads()).isEqualTo(Threads.PLATFORM);
        assertThat(card.swap()).isEqualTo(Swap.OVERLAP);
        assertThat(card.capabilities()).contains(Capability.CHAT, Capability.COMPLETION);
        assertThat(card.settings().entries()).isEmpty();
    }

    @Test
    void everyFieldIsRead() {
        BindingCard card =
                CardReader.read(
                        SIX
                                + """
                                id: other
                                type: multimodal
                                api: ">=1.0 <2"
                                uses: {http: ">=0.1"}
                                capabilities: [chat, some_new_one]
                                models: closed
                                isolation: process
                                threads: virtual
                                swap: exclusive
                                concurrency: 3
                                requires:
                                  packages:
                                    - {maven: "g:a:1", sha256: abc}
                                settings:
                                  - {name: size, type: int, value: 2, help: How many, min: 1, max: 9, step: 1, placeholder: few}
                                  - {name: key, type: str, required: true, secret: true}
                                  - {name: mode, type: str, value: a, options: [a, b]}
                                commands:
                                  - {name: purge, help: Empties it, parameters: [{name: all, type: bool, value: false}]}
                                """);
        assertThat(card.id()).isEqualTo("other");
        assertThat(card.type()).isEqualTo(BindingType.MULTIMODAL);
        assertThat(card.api()).isEqualTo(">=1.0 <2");
        assertThat(card.uses()).containsEntry("http", ">=0.1");
        assertThat(card.capabilities())
                .containsExactlyInAnyOrder(Capability.CHAT, new Capability("some_new_one"));
        assertThat(card.models()).isEqualTo(ModelPolicy.CLOSED);
        assertThat(card.isolation()).isEqualTo(Isolation.PROCESS);
        assertThat(card.threads()).isEqualTo(Threads.VIRTUAL);
        assertThat(card.swap()).isEqualTo(Swap.EXCLUSIVE);
        assertThat(card.concurrency()).isEqualTo(3);
        assertThat(card.packages())
                .singleElement()
                .satisfies(wanted -> {
                    assertThat(wanted.maven()).isEqualTo("g:a:1");
                    assertThat(wanted.sha256()).hasValue("abc");
                });
        ConfigEntry size = card.settings().entry("size").orElseThrow();
        assertThat(size.value()).isEqualTo(JsonValue.of(2));
        assertThat(size.help()).isEqualTo("How many");
        assertThat(size.min()).hasValue(1);
        assertThat(size.max()).hasValue(9);
        ConfigEntry key = card.settings().entry("key").orElseThrow();
        assertThat(key.secret()).isTrue();
        assertThat(key.required()).isTrue();
        assertThat(card.settings().entry("mode").orElseThrow().options()).containsExactly("a", "b");
        assertThat(card.commands())
                .singleElement()
                .satisfies(command -> assertThat(command.parameters().entry("all")).isPresent());
    }

    @Test
    void aProgramIsNamedWithItsArguments() {
        assertThat(
                        CardReader.read(
                                        card(
                                                "isolation: process\nprocess: {command: [python3, program/a.py]}"))
                                .command())
                .containsExactly("python3", "program/a.py");
        assertThat(
                        CardReader.read(
                                        card(
                                                "isolation: process\nprocess: {command: [program/run]}"))
                                .command())
                .containsExactly("program/run");
        assertThat(CardReader.read(card("isolation: process")).command()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "process: {command: [a]} | a program needs `isolation: process`",
                "isolation: process\\nprocess: {} | expected a program and its arguments",
                "isolation: process\\nprocess: {command: [/bin/sh]} | found the program `/bin/sh`",
                "isolation: process\\nprocess: {command: [../run]} | found the program `../run`",
                "isolation: process\\nprocess: {command: [-c]} | found the program `-c`",
                "isolation: process\\nprocess: {command: [a, '']} | no word may be empty",
                "isolation: process\\nprocess: {comand: [a]} | unknown field",
            })
    void aProgramThatIsNoneIsRefused(String lines, String said) {
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> CardReader.read(card(lines.replace("\\n", "\n"))))
                .withMessageContaining(said);
    }

    private static String card(String more) {
        return """
        name: P
        id: pp
        author: A
        version: 1.0.0
        description: d
        url: https://e.org
        license: MIT
        """
                + more;
    }

    @ParameterizedTest
    @CsvSource({
        "YourBinding, your-binding",
        "OpenAI, open-ai",
        "llama.cpp, llama-cpp",
        "  Über--Model 2 , ber-model-2",
        "GPT4All, gpt4-all",
        "my_binding, my-binding"
    })
    void anIdFollowsFromTheName(String name, String id) {
        assertThat(CardReader.idOf(name)).isEqualTo(id);
    }
}
