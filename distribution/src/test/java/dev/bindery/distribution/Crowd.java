package dev.bindery.distribution;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Clients that stream answers one after the other, each until it is told to stop or fails. */
final class Crowd implements AutoCloseable {
    private final List<Member> members;

    Crowd(int size, OpenAIClient client, String model) {
        members = IntStream.range(0, size).mapToObj(_ -> new Member(client, model)).toList();
    }

    /** Waits until each is in the middle of an answer that began after this call. */
    void awaitStreaming() {
        for (Member member : members) {
            int before = member.begun.get();
            Wait.until(
                    "a client has a new answer's beginning",
                    () -> member.begun.get() > before || member.failure != null);
        }
    }

    /** Waits until each has failed. */
    void awaitFailures() {
        members.forEach(member -> Wait.until("a client has failed", () -> member.failure != null));
    }

    @Override
    public void close() {
        leave();
    }

    /** Lets running answers end, and begins no others. */
    void leave() {
        members.forEach(member -> member.leaving = true);
        for (Member member : members) {
            Wait.until("a client has ended", () -> !member.thread.isAlive());
        }
    }

    /** Each client's whole answers, in order. */
    List<List<String>> answers() {
        return members.stream().map(member -> List.copyOf(member.answers)).toList();
    }

    List<RuntimeException> failures() {
        return members.stream()
                .flatMap(member -> Optional.ofNullable(member.failure).stream())
                .toList();
    }

    /** One client. Its fields are written by its own thread, all but {@link #leaving}. */
    private static final class Member {
        private final OpenAIClient client;
        private final ChatCompletionCreateParams question;
        private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
        private final Thread thread;
        private final AtomicInteger begun = new AtomicInteger();
        private volatile boolean leaving;
        private volatile RuntimeException failure;

        Member(OpenAIClient client, String model) {
            this.client = client;
            question =
                    ChatCompletionCreateParams.builder()
                            .model(model)
                            .addUserMessage("Count")
                            .build();
            thread = Thread.ofVirtual().start(this::run);
        }

        private void run() {
            try {
                while (!leaving) {
                    answers.add(answer());
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        private String answer() {
            StringBuilder text = new StringBuilder();
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(question)) {
                stream.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .flatMap(choice -> choice.delta().content().stream())
                        .filter(piece -> !piece.isEmpty())
                        .forEach(piece -> add(text, piece));
            }
            return text.toString();
        }

        private void add(StringBuilder text, String piece) {
            if (text.isEmpty()) {
                begun.incrementAndGet();
            }
            text.append(piece);
        }
    }
}
