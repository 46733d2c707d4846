package dev.bindery.binding.gemini;

/** The setting {@code schema_form}: in what form JSON schemas are sent. */
enum SchemaForm {
    /** As they are. */
    JSON_SCHEMA,
    /** In the older subset of OpenAPI 3.0, which every model takes. */
    OPENAPI
}
