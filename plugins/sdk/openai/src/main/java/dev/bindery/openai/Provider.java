package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider that speaks OpenAI's protocol, as data: where it is, what it cannot do and how it
 * differs. {@code providers.json} holds the known ones; an entry of the same form, laid over one of
 * them, makes a new one. Immutable.
 */
public final class Provider {
    private final String id;
    private final ObjectNode entry;

    private Provider(String id, ObjectNode entry) {
        this.id = id;
        this.entry = entry;
    }

    /**
     * @throws BindingException INVALID_REQUEST naming what of the entry is wrong
     */
    static Provider of(String id, JsonNode entry) {
        ProviderFields.check("provider " + id, entry);
        return new Provider(id, ((ObjectNode) entry).deepCopy());
    }

    /**
     * This one, with the fields of another entry in the place of its own.
     *
     * @param where what that entry is called in messages
     * @throws BindingException INVALID_REQUEST naming what of it is wrong
     */
    public Provider with(String where, JsonNode over) {
        ProviderFields.check(where, over);
        ObjectNode both = entry.deepCopy();
        over.forEachEntry(both::set);
        return new Provider(id, both);
    }

    /** By what the setting {@code provider} calls it. */
    public String id() {
        return id;
    }

    /** Its name for people. */
    public String name() {
        return text("name").orElse(id);
    }

    /** Where its API is; absent where every user has an address of their own. */
    public Optional<String> address() {
        return text("address");
    }

    /** What such an address looks like. */
    public String addressExample() {
        return text("address_example").or(this::address).orElse("https://host/v1");
    }

    /** Whether it answers nobody without a key. */
    public boolean keyRequired() {
        return flag("key_required", false);
    }

    /** The variable in which its users keep the key, for documentation: nothing reads it. */
    public Optional<String> keyEnvironment() {
        return text("key_environment");
    }

    /** The header that carries the bare key; absent where it is a bearer token. */
    public Optional<String> keyHeader() {
        return text("key_header");
    }

    /** What stands at the end of every address, where the address itself has no query. */
    public Map<String, String> query() {
        return map("query");
    }

    /** The names of models that it does not list itself. */
    public List<String> models() {
        return texts("models");
    }

    /** What servers of this protocol can do and this one cannot. */
    public Set<Capability> lacks() {
        return texts("lacks").stream().map(Capability::new).collect(Collectors.toSet());
    }

    /** The path of an operation; empty where it has none. */
    String path(String operation, String usual) {
        return Optional.ofNullable(map("paths").get(operation)).orElse(usual);
    }

    Set<String> refuses() {
        return Set.copyOf(texts("refuses"));
    }

    Set<String> omits() {
        return Set.copyOf(texts("omits"));
    }

    Map<String, String> renames() {
        return map("renames");
    }

    List<String> sampling() {
        return texts("sampling");
    }

    List<String> parameters() {
        return texts("parameters");
    }

    List<String> metadata() {
        return texts("metadata");
    }

    /** Where an answer says what it cost, in US dollars: a JSON pointer. */
    Optional<String> cost() {
        return text("cost");
    }

    /** Where its list of models says what a token costs; empty where it does not. */
    Map<String, String> prices() {
        return map("prices");
    }

    String limitField() {
        return text("limit_field").orElse("max_tokens");
    }

    String developerRole() {
        return text("developer_role").orElse("system");
    }

    boolean messageNames() {
        return flag("message_names", true);
    }

    boolean streamUsage() {
        return flag("stream_usage", true);
    }

    String embeddingFormat() {
        return text("embedding_format").orElse("base64");
    }

    /** Whether chats ask for log probabilities by how many, as completions do. */
    boolean logprobsCount() {
        return flag("logprobs_count", false);
    }

    boolean schemaIsValue() {
        return text("schema_form").filter("value"::equals).isPresent();
    }

    boolean thinkTags() {
        return flag("think_tags", false);
    }

    String reasoningRequest() {
        return text("reasoning_request").orElse(ReasoningField.EFFORT);
    }

    String reasoningReturn() {
        return text("reasoning_return").orElse(ReasoningReturn.NONE);
    }

    /** The field that says that an answer goes on where the last message ends. */
    Optional<String> continuation() {
        return text("continuation");
    }

    /** How long the ids of tool calls are; 0 where they may be anything. */
    int toolCallIdLength() {
        return entry.path("tool_call_id_length").asInt(0);
    }

    private Optional<String> text(String field) {
        return Optional.of(entry.path(field).asString("")).filter(text -> !text.isEmpty());
    }

    private boolean flag(String field, boolean usual) {
        return entry.path(field).asBoolean(usual);
    }

    private List<String> texts(String field) {
        return entry.path(field).valueStream().map(JsonNode::stringValue).toList();
    }

    private Map<String, String> map(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        entry.path(field).forEachEntry((name, text) -> texts.put(name, text.stringValue()));
        return texts;
    }

    @Override
    public String toString() {
        return id;
    }
}
