package dev.bindery.distribution.described;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAPI description, and which of its operations were held against it so far. */
final class Description {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete");

    private static final String SHARED = "#/components/schemas/";

    private final JsonNode whole;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Set<String> seen = new TreeSet<>();

    Description(String yaml) {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        whole = JSON.valueToTree(read);
    }

    /** The ids of all operations. */
    Set<String> operations() {
        Set<String> all = new TreeSet<>();
        for (JsonNode path : whole.path("paths")) {
            METHODS.stream()
                    .filter(path::has)
                    .forEach(method -> all.add(path.path(method).path("operationId").asString()));
        }
        return all;
    }

    /** The ids of those whose good answers were held against it. */
    Set<String> seen() {
        return seen;
    }

    /** Holds a body that was sent against it. */
    void asks(String method, String path, String body) {
        JsonNode request = resolved(operation(method, path).path("requestBody"));
        assertFits(request.path("content").path("application/json").path("schema"), body);
    }

    /** Holds one whole answer against it. */
    void answers(String method, String path, int status, String type, String body) {
        JsonNode operation = operation(method, path);
        JsonNode response = operation.path("responses").path(String.valueOf(status));
        if (response.isMissingNode()) {
            assertThat(status).as("%s %s answered %s", method, path, body).isGreaterThan(399);
            response = resolved(operation.path("responses").path("default"));
        } else {
            seen.add(operation.path("operationId").asString());
        }
        if (!response.has("content")) {
            assertThat(body).isEmpty();
            return;
        }
        JsonNode content = response.path("content").path(type.split(";", 2)[0]);
        assertThat(content.isMissingNode()).as("%s %s is %s", method, path, type).isFalse();
        if (type.startsWith("application/x-ndjson")) {
            body.lines().forEach(line -> assertFits(content.path("schema"), line));
        } else if (type.startsWith("text/event-stream")) {
            body.lines()
                    .filter(line -> line.startsWith("data: {\"id\""))
                    .forEach(line -> assertFits(content.path("schema"), line.substring(6)));
        } else if (type.startsWith("application/json")) {
            assertFits(content.path("schema"), body);
        }
    }

    private JsonNode operation(String method, String path) {
        JsonNode operation = whole.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        assertThat(operation.isMissingNode()).as("%s %s is described", method, path).isFalse();
        return operation;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? whole.at(node.path("$ref").asString().substring(1)) : node;
    }

    private void assertFits(JsonNode schema, String json) {
        ObjectNode document = JSON.createObjectNode();
        document.putArray("allOf").add(schema);
        document.set("$defs", whole.path("components").path("schemas"));
        Schema compiled =
                registry.getSchema(JSON.readTree(document.toString().replace(SHARED, "#/$defs/")));
        assertThat(compiled.validate(JSON.readTree(json))).as(json).isEmpty();
    }
}
