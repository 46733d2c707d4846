package dev.bindery.binding.router;

/**
 * A model of another instance.
 *
 * @param model {@code instance/model}
 * @param weight its part of a route's requests; 0 for one that is asked only when others fail
 */
record Target(String model, double weight) {
    /** The model's name without its instance. */
    String bareModel() {
        return model.substring(model.indexOf('/') + 1);
    }
}
