package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Something a binding, an instance of it, or one model of it can do. What is not declared is
 * refused by the host with {@link ErrorCode#UNSUPPORTED} before the binding is called.
 *
 * <p>The set grows: compare with the constants, and expect names that you do not know.
 *
 * @param name the name as it stands in config.yaml and on the wire, lower case
 */
@API(status = API.Status.STABLE, since = "1.0")
public record Capability(String name) {
    /** Answers a list of messages. */
    public static final Capability CHAT = new Capability("chat");

    /** Continues a raw text. */
    public static final Capability COMPLETION = new Capability("completion");

    /** Delivers an answer piece by piece. */
    public static final Capability STREAM = new Capability("stream");

    /** Takes images in messages. */
    public static final Capability IMAGES = new Capability("images");

    /** Takes audio in messages. */
    public static final Capability AUDIO = new Capability("audio");

    /** Takes documents in messages. */
    public static final Capability DOCUMENTS = new Capability("documents");

    /** Calls tools. */
    public static final Capability TOOLS = new Capability("tools");

    /** Can be held to answer with one JSON value. */
    public static final Capability JSON = new Capability("json");

    /** Can be held to a JSON schema. */
    public static final Capability JSON_SCHEMA = new Capability("json_schema");

    /** Thinks before it answers, and shows or counts it. */
    public static final Capability REASONING = new Capability("reasoning");

    /** Turns texts into vectors. */
    public static final Capability EMBEDDINGS = new Capability("embeddings");

    /** Tokenizes and detokenizes. */
    public static final Capability TOKENIZE = new Capability("tokenize");

    /** Fetches and deletes models. */
    public static final Capability PULL = new Capability("pull");

    /**
     * Takes back what it has already sent, with {@link OperationType#REPLACE_LAST} or {@link
     * OperationType#SET_CONTENT}.
     */
    public static final Capability CORRECTIONS = new Capability("corrections");

    /** Reports the log probabilities of its tokens. */
    public static final Capability LOGPROBS = new Capability("logprobs");

    /** Gives several answers to one request ({@code n} above 1). */
    public static final Capability CANDIDATES = new Capability("candidates");

    /** Answers with media: images or speech. */
    public static final Capability MEDIA_OUTPUT = new Capability("media_output");

    public Capability {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
