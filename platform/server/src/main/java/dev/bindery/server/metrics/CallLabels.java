package dev.bindery.server.metrics;

/** What tells the series of calls apart, errors and kinds of tokens aside. */
record CallLabels(String api, String operation, String instance, String model) {
    CallLabels ofOtherModels() {
        return new CallLabels(api, operation, instance, KnownModels.OTHER);
    }
}
