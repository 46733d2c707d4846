package dev.bindery.testkit.check;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that break the contract on purpose: a check that cannot fail is worth nothing. */
@Timeout(120)
class BrokenAnswersTest {
    @TempDir Path folder;

    private void fails(String body, String check, String message) throws Exception {
        new Tried(folder).fails(new TestJar().generates(body), check, message);
    }

    @Test
    void aTextThatDiffersFromItsOperationsIsSeen() throws Exception {
        fails(
                "callback.chunk(\"one\"); return GenerationResult.of(\"other\");",
                "every model that claims chat answers a chat",
                "the operations add up to \"one\", but the result's text is \"other\"");
    }

    @Test
    void anEmptyAnswerIsSeen() throws Exception {
        fails(
                "return GenerationResult.of(\"\");",
                "every model that claims completion answers a prompt",
                "an empty answer is never an error's disguise");
    }

    @Test
    void noResultIsSeen() throws Exception {
        fails("return null;", "every model that claims chat answers a chat", "returned null");
    }

    @Test
    void aStreamThatSaysSomethingElseIsSeen() throws Exception {
        fails(
                """
                String text = request.streaming() ? "streamed" : "whole";
                callback.chunk(text);
                return GenerationResult.of(text);
                """,
                "streamed and whole answers are the same",
                "streamed the answer is \"streamed\", not streamed it is \"whole\"");
    }

    @Test
    void aCharacterInTwoPiecesIsSeen() throws Exception {
        fails(
                """
                callback.chunk("\\ud83d"); callback.chunk("\\ude00");
                return GenerationResult.of("\\ud83d\\ude00");
                """,
                "every model that claims chat answers a chat",
                "in the middle of a surrogate pair");
    }

    @Test
    void twoThreadsInTheCallbackAreSeen() throws Exception {
        fails(
                """
                Thread[] threads = new Thread[4];
                for (int i = 0; i < 4; i++) {
                    threads[i] = new Thread(() -> { for (int n = 0; n < 20000; n++) callback.operation(OperationType.INFO, "x"); });
                    threads[i].start();
                }
                for (Thread thread : threads) thread.join();
                callback.chunk("done");
                return GenerationResult.of("done");
                """,
                "every model that claims chat answers a chat",
                "two threads called the callback at once");
    }

    @Test
    void statesThatCallsShareAreSeen() throws Exception {
        new Tried(folder)
                .fails(
                        new TestJar()
                                .method("text", "private StringBuilder text = new StringBuilder();")
                                .generates(
                                        """
                                        text.setLength(0);
                                        String question = request.chat().orElseThrow().last(Role.USER).orElseThrow().text();
                                        for (String word : question.splitWithDelimiters(" ", 0)) {
                                            text.append(word);
                                            Thread.sleep(2);
                                        }
                                        String said = text.toString();
                                        callback.chunk(said);
                                        return GenerationResult.of(said);
                                        """),
                        "answers at the same time stay apart",
                        "of 16 calls at once");
    }

    @Test
    void textThatCannotBeAskedIsSeen() throws Exception {
        fails(
                """
                if (request.chat().orElseThrow().last(Role.USER).orElseThrow().text().contains("\\u6f22")) throw new IllegalStateException("not ASCII");
                callback.chunk("fine");
                return GenerationResult.of("fine");
                """,
                "any text can be asked",
                "not ASCII");
    }

    @Test
    void tokensBeyondTheLimitAreSeen() throws Exception {
        fails(
                """
                callback.chunk("much");
                return GenerationResult.of("much").withUsage(Usage.of(1, 1000));
                """,
                "an answer keeps to max tokens",
                "asked for one token at the most, it reports 1000");
    }

    @Test
    void aRoleThatItStumblesOverIsSeen() throws Exception {
        fails(
                """
                for (Message message : request.chat().orElseThrow().messages()) {
                    switch (message.role().name()) {
                        case "user", "assistant", "system", "developer", "tool" -> {}
                        default -> throw new MatchException("no such role", null);
                    }
                }
                callback.chunk("fine");
                return GenerationResult.of("fine");
                """,
                "a role of a later version harms nobody",
                "INTERNAL");
    }

    @Test
    void partsThatItStumblesOverAreSeen() throws Exception {
        fails(
                """
                for (Message message : request.chat().orElseThrow().messages())
                    for (Part part : message.parts()) ((TextPart) part).text();
                callback.chunk("fine");
                return GenerationResult.of("fine");
                """,
                "a part of an unknown kind harms nobody",
                "ClassCastException");
    }

    @Test
    void parametersThatItStumblesOverAreSeen() throws Exception {
        fails(
                """
                if (!request.parameters().isEmpty()) throw BindingException.invalidRequest("unknown");
                callback.chunk("fine");
                return GenerationResult.of("fine");
                """,
                "parameters of an unknown dialect harm nobody",
                "INVALID_REQUEST");
    }

    @Test
    void candidatesThatAreMissingAreSeen() throws Exception {
        new Tried(folder)
                .fails(
                        new TestJar().card("capabilities: [chat, stream, candidates]"),
                        "several candidates can be asked for",
                        "asked for two candidates, the result has 1");
    }

    @Test
    void jsonThatIsNoneIsSeen() throws Exception {
        new Tried(folder)
                .fails(
                        new TestJar().card("capabilities: [chat, stream, json]"),
                        "JSON can be asked for",
                        "was asked for JSON and answered");
    }
}
