package dev.bindery.benchmarks.client;

import java.nio.charset.StandardCharsets;

/** A chat request as it goes over the wire, byte for byte the same to every subject. */
public record ChatRequest(String model, boolean streamed) {
    byte[] bytes() {
        String body =
                """
                {"model":"%s","stream":%s,"messages":[\
                {"role":"system","content":"Answer briefly."},\
                {"role":"user","content":"Say fifty words, please."}]}\
                """
                        .formatted(model, streamed);
        return """
        POST /v1/chat/completions HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
                .formatted(body.length(), body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
