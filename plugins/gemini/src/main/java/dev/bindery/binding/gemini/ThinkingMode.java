package dev.bindery.binding.gemini;

/** The setting {@code thinking}: how thinking is measured. */
enum ThinkingMode {
    /** As the model's name tells. */
    AUTO,
    /** In words. */
    LEVEL,
    /** In tokens. */
    BUDGET,
    /** The models do not think. */
    NONE
}
