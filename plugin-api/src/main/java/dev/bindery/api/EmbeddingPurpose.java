package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What an embedding is for; some models embed a query differently from a document.
 *
 * <p>The set grows: compare with the constants, and expect names that you do not know.
 *
 * @param name the name as it stands in config.yaml and on the wire, lower case
 */
@API(status = API.Status.STABLE, since = "1.0")
public record EmbeddingPurpose(String name) {
    /** A search query. */
    public static final EmbeddingPurpose QUERY = new EmbeddingPurpose("query");

    /** A text to be found. */
    public static final EmbeddingPurpose DOCUMENT = new EmbeddingPurpose("document");

    /** Input of a classifier. */
    public static final EmbeddingPurpose CLASSIFICATION = new EmbeddingPurpose("classification");

    /** Input of a clustering. */
    public static final EmbeddingPurpose CLUSTERING = new EmbeddingPurpose("clustering");

    /** To be compared with its like. */
    public static final EmbeddingPurpose SIMILARITY = new EmbeddingPurpose("similarity");

    public EmbeddingPurpose {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
